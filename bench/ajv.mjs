// ajv 8 collecting all errors of the plain submission schema over the same bytes, parsing included.
// usage: node ajv.mjs SCHEMA FILE ROUNDS → one line of JSON with the median in milliseconds
import { readFileSync } from "node:fs";
import Ajv2020 from "ajv/dist/2020.js";
import addFormats from "ajv-formats";

const [schemaFile, file, rounds = "30"] = process.argv.slice(2);
const ajv = new Ajv2020({ allErrors: true, strict: false });
addFormats(ajv);
const validate = ajv.compile(JSON.parse(readFileSync(schemaFile, "utf8")));
const bytes = readFileSync(file);

const times = [];
let errors = 0;
for (let round = 0; round < Number(rounds) + 5; round += 1) {
  const start = process.hrtime.bigint();
  validate(JSON.parse(bytes.toString("utf8")));
  const nanoseconds = Number(process.hrtime.bigint() - start);
  errors = validate.errors?.length ?? 0;
  if (round >= 5) times.push(nanoseconds / 1e6); // the first rounds warm the compiler up
}
times.sort((a, b) => a - b);
const peak = process.resourceUsage().maxRSS;
console.log(JSON.stringify({ median_ms: times[times.length >> 1], errors, bytes: bytes.length, peak_kB: peak }));
