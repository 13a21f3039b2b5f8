/** A subscription over a socket of its own (graphql-transport-ws), which ends with it. */
import type { FetcherParams } from "@graphiql/toolkit";

const CLOSED: Record<number, string> = {
  1012: "The server is stopping. Run it again.",
  1013: "The server cannot answer now. Run it again.",
  4403: "You are not signed in any more.",
};

/** The answers, until either side ends it; `who` is what the first message says, nothing where the cookie does. */
export async function* listen(request: FetcherParams, who: Record<string, string>): AsyncGenerator<any> {
  const socket = new WebSocket(`${location.protocol.replace("http", "ws")}//${location.host}/graphql`, "graphql-transport-ws");
  const came: any[] = [];
  let wake = () => {};
  const put = (answer: any) => (came.push(answer), wake());
  const say = (message: object) => socket.send(JSON.stringify(message));
  const authorization = Object.entries(who).find(([name]) => name.toLowerCase() === "authorization")?.[1];

  socket.onopen = () => say({ type: "connection_init", payload: authorization ? { authorization } : {} });
  socket.onmessage = ({ data }) => {
    const message = JSON.parse(data);
    if (message.type === "connection_ack") say({ id: "1", type: "subscribe", payload: request });
    if (message.type === "ping") say({ type: "pong" });
    if (message.type === "next") put({ answer: message.payload });
    if (message.type === "error") put({ answer: { errors: message.payload } }), put({ end: true });
    if (message.type === "complete") put({ end: true });
  };
  socket.onclose = ({ code }) => put(CLOSED[code] ? { answer: { errors: [{ message: CLOSED[code] }] }, end: true } : { end: true });

  try {
    while (true) {
      while (came.length === 0) await new Promise<void>((resolve) => (wake = resolve));
      const { answer, end } = came.shift();
      if (answer) yield answer;
      if (end) return;
    }
  } finally {
    socket.close(1000);
  }
}
