/**
 * Signs in by a code, and leads back to where somebody came from. The part of that address behind the `#` may say what
 * they looked at: it is kept in this tab while a provider is asked, and sent to nobody.
 */
const PART = "account-graph part";
const { way, to = "/graphql" } = document.body.dataset; // `to` was looked at by the server
const find = <T extends HTMLElement>(id: string) => document.getElementById(id) as T;

function goOn(part: string): void {
  sessionStorage.removeItem(PART);
  location.replace(to + part);
}

async function send(code: string): Promise<string> {
  const response = await fetch("/explore/sign-in", {
    method: "POST",
    credentials: "same-origin",
    headers: { "content-type": "application/json", "x-account-graph": "1" },
    body: JSON.stringify({ code }),
  });
  if (response.ok) return "";
  const told = await response.json().catch(() => null);
  return told?.errors?.[0]?.message ?? `The server answered ${response.status}.`;
}

function complain(words: string): void {
  const field = find<HTMLInputElement>("code");
  find("error").textContent = words;
  field.setAttribute("aria-invalid", "true");
  field.focus();
  field.select();
}

find("code-form").addEventListener("submit", async (event) => {
  event.preventDefault();
  const field = find<HTMLInputElement>("code");
  if (!field.value.trim()) return complain("Enter the code.");
  find("error").textContent = "";
  field.removeAttribute("aria-invalid");
  const trouble = await send(field.value).catch(() => "The server does not answer.");
  if (trouble) complain(trouble);
  else goOn(location.hash);
});

find("provider").addEventListener("click", () => sessionStorage.setItem(PART, location.hash));

if (way === "done") goOn(sessionStorage.getItem(PART) ?? "");
if (way === "code") find("code").focus();
