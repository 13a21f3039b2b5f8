/** A panel to sign in with a token. It is kept in this module alone, until the page is closed: never in the browser's storage. */
import { useGraphiQL, useGraphiQLActions, type GraphiQLPlugin } from "@graphiql/react";
import { useState, type FormEvent } from "react";

let token = "";

/** The header that says who is asking; none before a token was given. */
export const authorization = (): Record<string, string> => (token ? { authorization: `Bearer ${token}` } : {});

function SignIn() {
  const { introspect } = useGraphiQLActions();
  const schema = useGraphiQL((state) => state.schema);
  const [text, setText] = useState("");
  const use = (event: FormEvent) => {
    event.preventDefault();
    token = text.trim().replace(/^bearer\s+/i, "");
    setText("");
    introspect();
  };
  return (
    <section>
      <div className="graphiql-doc-explorer-title">Sign in</div>
      <p role="status">{schema && token ? "Signed in." : "Not signed in."}</p>
      <form className="token" onSubmit={use} autoComplete="off">
        <label htmlFor="token">Token</label>
        <input id="token" type="password" autoComplete="off" value={text} onChange={(event) => setText(event.target.value)} />
        <button type="submit" className="graphiql-button">
          Use it
        </button>
      </form>
      <p>
        On the machine of the server, <code>account-graph token</code> prints one. It is kept until this page is closed.
      </p>
    </section>
  );
}

const Icon = () => (
  <svg viewBox="0 0 16 16" fill="none" stroke="currentColor" strokeWidth="1.5" aria-hidden="true">
    <circle cx="5" cy="11" r="3" />
    <path d="M7.2 8.8 13 3M10.5 5.5l2 2" />
  </svg>
);

export const signIn: GraphiQLPlugin = { title: "Sign in", icon: Icon, content: SignIn };
