import { createHash } from 'node:crypto';

const STYLE =
  ':root{color-scheme:light dark}body{font:16px/1.5 system-ui,sans-serif;max-width:32rem;margin:20vh auto 0;padding:0 1.5rem}h1{font-size:1.5rem;font-weight:600}';

export interface PlainPage {
  title: string;
  text: string;
  /** Where the browser goes by itself, a second later. An address of our own. */
  next?: string;
}

/** A page of ours in the person's browser, without scripts. The texts are fixed: nothing from a request is ever in a page. */
export function renderPlainPage({ title, text, next }: PlainPage): string {
  const refresh = next === undefined ? '' : `<meta http-equiv="refresh" content="1;url=${next}">`;
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">${refresh}<title>${title} – Tokentray</title><style>${STYLE}</style></head><body><main><h1>${title}</h1><p>${text}</p></main></body></html>`;
}

/** No scripts, images or frames; nothing is cached, and other sites get no referrer. */
export const plainPageHeaders = (): Readonly<Record<string, string>> => ({
  'cache-control': 'no-store',
  'content-security-policy':
    `default-src 'none'; style-src 'sha256-${createHash('sha256').update(STYLE).digest('base64')}'; ` +
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  'content-type': 'text/html; charset=utf-8',
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
});
