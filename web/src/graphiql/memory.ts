/** Keeps what the editor remembers until the page is closed: importer numbers stay out of the browser's storage. */
import type { Storage } from "@graphiql/toolkit";

export function memory(): Storage {
  const items = new Map<string, string>();
  return {
    getItem: (key) => items.get(key) ?? null,
    setItem: (key, value) => void items.set(key, value),
    removeItem: (key) => void items.delete(key),
    clear: () => items.clear(),
    get length() {
      return items.size;
    },
  };
}
