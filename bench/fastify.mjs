// fastify + ajv: the same upload parsed, validated by the plain schema, all errors answered as JSON.
// usage: node fastify.mjs SCHEMA PORT
import { readFileSync } from "node:fs";
import Ajv2020 from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import Fastify from "fastify";

const [schemaFile, port = "8412"] = process.argv.slice(2);
const ajv = new Ajv2020({ allErrors: true, strict: false });
addFormats(ajv);
const validate = ajv.compile(JSON.parse(readFileSync(schemaFile, "utf8")));

const server = Fastify({ bodyLimit: 10 * 1024 * 1024 });
server.post("/validate", async (request) => {
  const valid = validate(request.body);
  return { valid, errors: validate.errors ?? [] };
});
await server.listen({ host: "127.0.0.1", port: Number(port) });
console.log(`listening on ${port}`);
