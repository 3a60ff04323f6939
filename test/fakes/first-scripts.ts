import { readFileSync } from 'node:fs';
import path from 'node:path';

const IMPORTS = /(?:\bfrom|\bimport)\s*\(?\s*["'`]\.\/([^"'`]+\.js)["'`]/g;
/** What is loaded once the window shows what it was opened for. */
const LATER = /^[a-z]+-parts-/;

/** Names of the built page's scripts that a window needs to show itself: its entry, and what that imports but for later parts. */
export function firstScripts(page: string): string[] {
  const html = readFileSync(path.join(page, 'index.html'), 'utf8');
  const entry = /src="\.\/assets\/([^"]+\.js)"/.exec(html)?.[1];
  if (entry === undefined) throw new Error('the page has no script');
  const found = new Set([entry]);
  for (const name of found) {
    const text = readFileSync(path.join(page, 'assets', name), 'utf8');
    for (const [, imported = ''] of text.matchAll(IMPORTS)) if (!LATER.test(imported)) found.add(imported);
  }
  return [...found];
}
