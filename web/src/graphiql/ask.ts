/** Sends what the editor runs to the server this page came from. */
import type { Fetcher } from "@graphiql/toolkit";

import { authorization } from "./token";

const FIRST = { errors: [{ message: "Sign in first: the panel takes a token." }] };

export const ask: Fetcher = async (request, options) => {
  const who = { ...authorization(), ...options?.headers };
  if (!Object.keys(who).some((name) => name.toLowerCase() === "authorization")) return FIRST; // as the server would say
  const response = await fetch("/graphql", {
    method: "POST",
    credentials: "same-origin",
    headers: {
      "content-type": "application/json",
      accept: "application/graphql-response+json, application/json",
      "x-account-graph": "1",
      ...who,
    },
    body: JSON.stringify(request),
  });
  if (!response.headers.get("content-type")?.includes("json")) {
    throw new Error(`The server answered ${response.status} ${response.statusText}, not JSON.`);
  }
  return response.json();
};
