// Sends GraphQL requests for some seconds over so many connections, each busy all the time.
//   stdin: { url, headers, connections, seconds, bodies }   stdout: { requests, seconds, p50, p99, failed, sample }
// Latencies are in milliseconds. An answer that is no success or has "errors" counts as failed.
import { Client } from "undici";

const { url, headers: given, connections, seconds, bodies } = JSON.parse(await new Response(process.stdin).text());
const { origin, pathname } = new URL(url);
const headers = { "content-type": "application/json", accept: "application/json", ...given };
const latencies = [];
let failed = 0;
let sample = null;
let turn = 0;
const end = performance.now() + seconds * 1000;

async function fire() {
  const client = new Client(origin, { pipelining: 1 });
  while (performance.now() < end) {
    const begun = performance.now();
    const body = bodies[turn++ % bodies.length];
    const answer = await client.request({ method: "POST", path: pathname, headers, body });
    const text = await answer.body.text();
    latencies.push(performance.now() - begun);
    if (answer.statusCode !== 200 || text.startsWith('{"errors"') || text.includes('"errors":[')) {
      failed += 1;
      sample ??= text.slice(0, 400);
    }
  }
  await client.close();
}

const begun = performance.now();
await Promise.all(Array.from({ length: connections }, fire));
const lasted = (performance.now() - begun) / 1000;
latencies.sort((a, b) => a - b);
const at = (part) => latencies[Math.min(latencies.length - 1, Math.floor(latencies.length * part))];
process.stdout.write(JSON.stringify({ requests: latencies.length, seconds: lasted, p50: at(0.5), p99: at(0.99), failed, sample }));
