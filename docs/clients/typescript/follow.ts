// Write each change of the graph to standard output; go on after the last one whenever the connection is lost.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { print, type ExecutionResult } from 'graphql';
import { createClient } from 'graphql-ws';
import WebSocket from 'ws';
import { graphql } from './gql/gql.js';
import type { FollowSubscription, FollowSubscriptionVariables } from './gql/graphql.js';

const Follow = graphql(`
  subscription Follow($after: String) {
    changes(after: $after) {
      kind
      cursor
      change { id kind recordedAt account { id } subject { label } }
    }
  }
`);

const [url = 'ws://127.0.0.1:8000/graphql', file = 'cursor.txt'] = process.argv.slice(2);
const token = process.env.TOKEN;
let after = existsSync(file) ? readFileSync(file, 'utf8') : null;

/** Take the events of one connection, until it is lost. */
async function listen() {
  const client = createClient({
    url,
    webSocketImpl: WebSocket,
    connectionParams: token ? { Authorization: `Bearer ${token}` } : {},
    retryAttempts: 0, // by itself it would begin again at the cursor it was given first
  });
  const variables: FollowSubscriptionVariables = { after };
  const results = client.iterate<FollowSubscription>({ query: print(Follow), variables });
  for await (const { data, errors } of results as AsyncIterable<ExecutionResult<FollowSubscription>>) {
    if (!data) throw errors?.[0] ?? new Error('An answer without data');
    const { kind, cursor, change } = data.changes;
    if (kind === 'GAP') console.error('Changes were missed: read anew what you keep of the graph.');
    if (change) console.log(JSON.stringify(change));
    writeFileSync(file, (after = cursor)); // after the work: what is lost in between comes again
  }
}

/** Whether it helps to come again: not if the server said what is wrong with the request. */
function passing(error: unknown) {
  const [first] = Array.isArray(error) ? error : [error];
  const code = first?.extensions?.code;
  return code === undefined || ['LIMIT_EXCEEDED', 'UNAVAILABLE', 'TIMED_OUT'].includes(code);
}

for (;;) {
  try {
    await listen();
  } catch (error) {
    if (!passing(error)) throw error;
  }
  await sleep(500 + Math.random() * 500);
}
