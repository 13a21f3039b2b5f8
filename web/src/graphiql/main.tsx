/** The page at /graphql: GraphiQL on the server's own endpoint, opened on the first question a caller has. */
import "./styles";
import "graphiql/setup-workers/vite";
import "graphiql/style.css";
import "./page.css";

import { GraphiQL, HISTORY_PLUGIN } from "graphiql";
import { createRoot } from "react-dom/client";

import { ask } from "./ask";
import { examples } from "./examples";
import firstQuestion from "./first-question.graphql?raw";
import { memory } from "./memory";
import { signIn } from "./sign-in";

const variables = JSON.stringify({ number: "12-3456789AB" }, null, 2);

createRoot(document.getElementById("page")!).render(
  <GraphiQL
    fetcher={ask}
    storage={memory()}
    plugins={[signIn, HISTORY_PLUGIN, examples]}
    visiblePlugin={signIn}
    initialQuery={firstQuestion}
    initialVariables={variables}
    defaultEditorToolsVisibility="variables"
    shouldPersistHeaders={false}
    showPersistHeadersSettings={false}
  />,
);
