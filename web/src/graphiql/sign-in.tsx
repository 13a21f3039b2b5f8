/** A panel that says who is asking, signs out, and takes a token, which is kept in this page alone until it is closed. */
import { useGraphiQLActions, type GraphiQLPlugin } from "@graphiql/react";
import { useEffect, useState, type FormEvent } from "react";

import { signOut, take, who } from "./who";

const here = () => `/explore/sign-in?to=/graphql${location.hash}`;

function SignIn() {
  const { introspect } = useGraphiQLActions();
  const [name, setName] = useState<string | null>();
  const [text, setText] = useState("");
  useEffect(() => void who().then(setName), []);
  const use = async (event: FormEvent) => {
    event.preventDefault();
    take(text);
    setText("");
    setName(await who());
    introspect();
  };
  return (
    <section className="sign-in">
      <div className="graphiql-doc-explorer-title">Sign in</div>
      <p role="status">{name === undefined ? "" : name === null ? "Not signed in." : `Signed in: ${name}`}</p>
      {name === null && (
        <p>
          <a href={here()}>Sign in</a>
        </p>
      )}
      {name && (
        <button type="button" className="graphiql-button" onClick={() => void signOut()}>
          Sign out
        </button>
      )}
      <form className="token" onSubmit={(event) => void use(event)} autoComplete="off">
        <label htmlFor="token">Or use a token</label>
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
