// GraphiQL as static files: dist/graphiql/index.html and dist/graphiql/assets/, which the server
// answers at /graphql and /graphql/assets/. Everything is bundled: the page asks nobody else.
import { defineConfig } from "vite";

export default defineConfig({
  root: "src/graphiql",
  base: "/graphql/",
  html: { cspNonce: "STYLE-NONCE" }, // the server puts a fresh one in its place, see src/graphiql/styles.ts
  build: {
    outDir: "../../dist/graphiql",
    emptyOutDir: true,
    license: { fileName: "licences.md" }, // of everything bundled
    assetsInlineLimit: 0, // files, not data: addresses, so that the policy stays short
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 4000, // the editor is one chunk of about that size
    rolldownOptions: {
      // Libraries mark their modules "use client" for server rendering, of which there is none here.
      onwarn: (warning, warn) => warning.code === "MODULE_LEVEL_DIRECTIVE" || warn(warning),
    },
  },
  worker: { format: "es" },
});
