// The site and the server in a real browser: Debian's Chromium, no download.
import { defineConfig } from "@playwright/test";

const port = Number(process.env.KHUNG_E2E_PORT ?? 8411);

export default defineConfig({
  testDir: "tests",
  outputDir: "test-results",
  timeout: 90_000,
  // No test is about speed: a machine with other work gets the time it needs.
  expect: { timeout: 15_000 },
  workers: 2,
  forbidOnly: !!process.env.CI,
  reporter: [["list"]],
  use: {
    baseURL: `http://127.0.0.1:${port}`,
    launchOptions: {
      executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
      args: [
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
      ],
    },
  },
  webServer: {
    // `cargo xtask test` names the program that it has built.
    command: `${process.env.KHUNG ?? "cargo run --quiet --"} serve --listen 127.0.0.1:${port}`,
    cwd: "..",
    url: `http://127.0.0.1:${port}/readyz`,
    timeout: 300_000,
    reuseExistingServer: !process.env.CI,
    stdout: "ignore",
    stderr: "pipe",
  },
});
