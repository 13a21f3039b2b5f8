/**
 * Gives every style element made by a script the nonce of this page, so that the content security policy needs no
 * 'unsafe-inline' for them. Monaco and the dialogs write such elements, with counters and widths in their text:
 * a list of hashes would never be complete. Imported first, before anything can make one.
 */
const nonce = document.querySelector<HTMLMetaElement>("meta[property=csp-nonce]")?.nonce ?? "";
const createElement = document.createElement;

document.createElement = function (this: Document, name: string, options?: ElementCreationOptions) {
  const element = createElement.call(this, name, options);
  if (element instanceof HTMLStyleElement) element.nonce = nonce;
  return element;
} as typeof document.createElement;
