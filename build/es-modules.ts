/** Packages whose CommonJS build cannot be bundled: it hides what it requires (UMD). Here is their ES module. */
export const ES_MODULES = { 'jsonc-parser': 'jsonc-parser/lib/esm/main.js' };
