/** The example questions of docs/operations, as a panel: those that the schema served here can answer. */
import { useGraphiQL, useGraphiQLActions, type GraphiQLPlugin } from "@graphiql/react";
import { parse, validate } from "graphql";

interface Example {
  title: string;
  query: string;
  variables: string;
}

const documents = import.meta.glob<string>("../../../docs/operations/*.graphql", { query: "?raw", import: "default", eager: true });
const variables = import.meta.glob<string>("../../../docs/operations/*.json", { query: "?raw", import: "default", eager: true });

const EXAMPLES: Example[] = Object.entries(documents).map(([path, query]) => ({
  title: /^# (.*)/.exec(query)?.[1] ?? path,
  query,
  variables: variables[path.replace(/\.graphql$/, ".json")] ?? "",
}));

function Examples() {
  const schema = useGraphiQL((state) => state.schema);
  const { addTab } = useGraphiQLActions();
  const queryEditor = useGraphiQL((state) => state.queryEditor);
  const variableEditor = useGraphiQL((state) => state.variableEditor);
  const answerable = schema ? EXAMPLES.filter(({ query }) => !validate(schema, parse(query)).length) : [];
  const open = ({ query, variables }: Example) => {
    addTab();
    queryEditor?.setValue(query); // a change like a typed one: the tab follows
    variableEditor?.setValue(variables);
  };
  return (
    <section>
      <div className="graphiql-doc-explorer-title">Examples</div>
      {answerable.length === 0 && <p>None that this server's schema can answer yet.</p>}
      <ul className="examples">
        {answerable.map((example) => (
          <li key={example.title}>
            <button type="button" onClick={() => open(example)}>
              {example.title}
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}

const Icon = () => (
  <svg viewBox="0 0 16 16" fill="none" stroke="currentColor" strokeWidth="1.5" aria-hidden="true">
    <path d="M3 3h10v10H3zM5.5 6h5M5.5 8h5M5.5 10h3" />
  </svg>
);

export const examples: GraphiQLPlugin = { title: "Examples", icon: Icon, content: Examples };
