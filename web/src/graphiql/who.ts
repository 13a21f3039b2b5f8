/** Who is asking: by the server's own cookie, which no script can read, or by a token that was pasted into this page. */
let token = "";

export const HEADERS = {
  "content-type": "application/json",
  accept: "application/graphql-response+json, application/json",
  "x-account-graph": "1",
};

/** The header of a token; none where the cookie says who is asking. */
export const authorization = (): Record<string, string> => (token ? { authorization: `Bearer ${token}` } : {});

let asked: Promise<string | null> | undefined;

/** Take this token from now on. */
export function take(text: string): void {
  token = text.trim().replace(/^bearer\s+/i, "");
  asked = undefined;
}

/** The caller's name as the server has it; null for nobody. Asked once, until somebody signs in or out. */
export function who(): Promise<string | null> {
  asked ??= look().catch(() => null);
  return asked;
}

async function look(): Promise<string | null> {
  const response = await fetch("/graphql", {
    method: "POST",
    credentials: "same-origin",
    headers: { ...HEADERS, ...authorization() },
    body: JSON.stringify({ query: "query Who { viewer { name } }" }),
  });
  const told = await response.json();
  return told.data?.viewer?.name ?? null;
}

/** End the session, and leave this page with all that it shows. */
export async function signOut(): Promise<void> {
  take("");
  await fetch("/explore/sign-out", { method: "POST", credentials: "same-origin", headers: HEADERS, body: "{}" });
  location.replace("/explore/sign-in?to=/graphql");
}
