// The page to sign in on as static files: dist/sign-in/index.html and dist/sign-in/assets/, which the server answers at
// /explore/sign-in and /explore/assets/. It is plain: a form, a link and one script.
import { defineConfig } from "vite";

export default defineConfig({
  root: "src/sign-in",
  base: "/explore/",
  build: {
    outDir: "../../dist/sign-in",
    emptyOutDir: true,
    assetsInlineLimit: 0, // files, not data: addresses, which its policy refuses
    modulePreload: { polyfill: false },
  },
});
