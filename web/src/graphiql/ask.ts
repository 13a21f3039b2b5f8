/** Sends what the editor runs to the server this page came from. */
import type { Fetcher } from "@graphiql/toolkit";
import { getOperationAST, parse } from "graphql";

import { listen } from "./listen";
import { HEADERS, authorization, who } from "./who";

const FIRST = { errors: [{ message: "Sign in first: the panel has a link, and takes a token." }] };

function subscribes(query: string, name?: string | null): boolean {
  try {
    return getOperationAST(parse(query), name)?.operation === "subscription";
  } catch {
    return false; // the server says what is wrong
  }
}

export const ask: Fetcher = async (request, options) => {
  const given = Object.keys(options?.headers ?? {}).some((name) => name.toLowerCase() === "authorization");
  if (!given && (await who()) === null) return FIRST; // as the server would say
  if (subscribes(request.query, request.operationName)) return listen(request, { ...authorization(), ...options?.headers });
  const response = await fetch("/graphql", {
    method: "POST",
    credentials: "same-origin",
    headers: { ...HEADERS, ...authorization(), ...options?.headers },
    body: JSON.stringify(request),
  });
  if (!response.headers.get("content-type")?.includes("json")) {
    throw new Error(`The server answered ${response.status} ${response.statusText}, not JSON.`);
  }
  return response.json();
};
