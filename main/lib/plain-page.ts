import { createHash } from 'node:crypto';
import { UI_FONTS } from '../../contract/font-stacks.ts';

/** As the window looks; its colors are in `renderer/styles/base.css`. */
const STYLE = [
  ':root{color-scheme:light dark;--bg:#fbfbfc;--panel:#fff;--line:#e3e5e9;--text:#1b1d21;--dim:#5c626d;--accent:#1560cc;--on:#fff;--ok:#1d7a46;--warn:#8a5a00}',
  '@media(prefers-color-scheme:dark){:root{--ok:#5cc08a;--warn:#e0b04a;--bg:#17181b;--panel:#1f2126;--line:#2d3037;--text:#e9eaed;--dim:#a0a6b1;--accent:#669df1;--on:#10213d}}',
  '*{box-sizing:border-box}',
  `body{font:15px/1.5 ${UI_FONTS};margin:0;padding:12vh 16px 32px;background:var(--bg);color:var(--text);overflow-wrap:anywhere}`,
  'main{max-width:30rem;margin:0 auto;padding:24px;background:var(--panel);border:1px solid var(--line);border-radius:8px}',
  'header{display:flex;gap:8px;align-items:center;font-weight:600;color:var(--dim)}',
  'h1{font-size:1.35rem;line-height:1.3;font-weight:600;margin:16px 0 8px}p{margin:0}',
  'h1 svg{vertical-align:-1px;margin-inline-end:9px}.good{color:var(--ok)}.attention{color:var(--warn)}.waiting{color:var(--dim)}',
  'dl{display:grid;grid-template-columns:max-content minmax(0,1fr);gap:4px 16px;margin:16px 0}dt{color:var(--dim)}dd{margin:0}',
  'a{display:inline-block;margin-top:16px;padding:6px 14px;border-radius:6px;background:var(--accent);color:var(--on);text-decoration:none;font-weight:600}',
].join('');

/** `build/icons/source/app-small.svg` */
const MARK =
  '<svg width="20" height="20" viewBox="0 0 16 16" aria-hidden="true"><rect width="16" height="16" rx="3.5" fill="#1b68d0"/><path fill="none" stroke="#fff" stroke-width="2" stroke-linejoin="round" d="M3 9v2a2 2 0 0 0 2 2h6a2 2 0 0 0 2-2V9"/><path fill="#fff" fill-rule="evenodd" d="M8 1a3 3 0 1 1 0 6a3 3 0 0 1 0-6zM8 3a1 1 0 1 0 0 2a1 1 0 0 0 0-2z"/><path fill="#fff" d="M7 6.5h2V8h2v2H9v1H7z"/></svg>';

/** How it went: a shape as well as a color. */
type Mark = 'good' | 'attention' | 'waiting';

const SHAPES: Readonly<Record<Mark, string>> = {
  good: '<circle cx="7" cy="7" r="6" fill="currentColor"/>',
  attention: '<path fill="currentColor" d="M7 1l6.5 12H.5z"/>',
  waiting:
    '<circle cx="7" cy="7" r="5.5" fill="none" stroke="currentColor" stroke-width="1.5" stroke-dasharray="2.5 2"/>',
};

/** Plain text throughout: whatever a program calls itself is shown, and does nothing. */
export interface PlainPage {
  title: string;
  text: string;
  mark?: Mark;
  /** What the person should know before they decide. */
  facts?: readonly (readonly [label: string, value: string])[];
  /** Where the browser goes by itself, a second later. */
  next?: string;
  /** For where the browser does not go there by itself. */
  link?: { href: string; label: string };
}

/** A page of ours in the person's browser, without scripts. */
export function renderPlainPage({ title, text, mark, facts = [], next, link }: PlainPage): string {
  const refresh = next === undefined ? '' : `<meta http-equiv="refresh" content="1;url=${escaped(next)}">`;
  const list = facts
    .map(([label, value]) => `<dt>${escaped(label)}</dt><dd dir="auto">${escaped(value)}</dd>`)
    .join('');
  const sign =
    mark === undefined
      ? ''
      : `<svg class="${mark}" width="14" height="14" viewBox="0 0 14 14" aria-hidden="true">${SHAPES[mark]}</svg>`;
  return [
    `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">${refresh}`,
    `<title>${escaped(title)} – Tokentray</title><style>${STYLE}</style></head><body><main><header>${MARK}Tokentray</header>`,
    `<h1>${sign}${escaped(title)}</h1>${list === '' ? '' : `<dl>${list}</dl>`}<p>${escaped(text)}</p>`,
    link === undefined ? '' : `<a href="${escaped(link.href)}">${escaped(link.label)}</a>`,
    '</main></body></html>',
  ].join('');
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};
const escaped = (text: string): string => text.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? '');

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
