import { createHash } from 'node:crypto';
import { MONO_FONTS, UI_FONTS } from '../../contract/font-stacks.ts';
import type { Reply } from './exchange.ts';

const STYLE = `
:root{color-scheme:light dark;--bg:light-dark(#f2f3f5,#17181b);--panel:light-dark(#fff,#1f2126);--line:light-dark(#e3e5e9,#2d3037);--edge:light-dark(#8a909b,#737a86);
--text:light-dark(#1b1d21,#e9eaed);--dim:light-dark(#5c626d,#a0a6b1);--accent:light-dark(#1868db,#669df1);--on-accent:light-dark(#fff,#10213d);--sel:light-dark(#e6effc,#25344d);
font:15px/1.5 ${UI_FONTS}}
*{box-sizing:border-box}
body{margin:0;min-height:100vh;background:var(--bg);color:var(--text);display:flex;flex-direction:column;align-items:center;padding:0 16px}
.notice{width:100%;max-width:480px;margin:40px 0 12px;text-align:center;color:var(--dim);font-size:13px}
main{width:100%;max-width:480px;background:var(--panel);border:1px solid var(--line);border-radius:12px;padding:28px;margin-bottom:48px}
h1{font-size:21px;line-height:1.3;margin:0 0 4px}
h2{font-size:15px;margin:24px 0 4px}
p{margin:0 0 12px}
.dim{color:var(--dim)}
fieldset{border:0;padding:0;margin:20px 0 0;min-width:0}
legend{padding:0;font-weight:600;font-size:13px;margin-bottom:6px}
.person{border:1px solid var(--line);border-radius:8px;margin-top:6px}
.person:has(>label>input:checked){border-color:var(--accent);background:var(--sel)}
.person>label{display:grid;grid-template-columns:auto 36px minmax(0,1fr);gap:12px;align-items:center;padding:10px 14px;cursor:pointer}
.person img{width:36px;height:36px;border-radius:50%;display:block}
.name{font-weight:600;overflow-wrap:anywhere}
.mail{display:block;color:var(--dim);font-size:13px;overflow-wrap:anywhere}
.person:has(>label>input:checked) .mail,.person:has(>label>input:checked) .dim{color:var(--text)}
.sites{margin:0;padding:0 14px 12px 41px}
.person:not(:has(>label>input:checked))>.sites{display:none}
.sites label{display:grid;grid-template-columns:auto minmax(0,1fr);gap:10px;padding:3px 0;cursor:pointer;overflow-wrap:anywhere}
.sites input{margin-top:5px}
.sites p{font-size:13px;margin:4px 0 0}
.credential{margin-top:10px;border-top:1px solid var(--line);padding-top:10px}
.note{font-size:13px;margin:6px 0 0}
.credential p{font-size:13px;margin:0 0 4px}
.field{display:grid;grid-template-columns:110px minmax(0,1fr) auto;gap:8px;align-items:center;margin-top:4px;font-size:13px}
input{accent-color:var(--accent);width:16px;height:16px;margin:0}
input.value{width:100%;height:auto;min-width:0;font:12px/1.5 ${MONO_FONTS};padding:5px 8px;border:1px solid var(--line);border-radius:6px;background:var(--bg);color:inherit}
.field button{padding:3px 10px;font-size:13px}
details{margin-top:20px;border-top:1px solid var(--line);padding-top:14px}
summary{cursor:pointer;font-weight:600;font-size:13px}
dl{margin:10px 0 0;font-size:13px}
dt{font:12px/1.5 ${MONO_FONTS};overflow-wrap:anywhere}
dd{margin:0 0 8px;color:var(--dim)}
.actions{display:flex;flex-wrap:wrap;gap:10px;margin-top:24px}
button{font:inherit;font-weight:600;border:1px solid var(--edge);background:var(--panel);color:inherit;border-radius:8px;padding:8px 20px;cursor:pointer}
button.primary{background:var(--accent);border-color:var(--accent);color:var(--on-accent)}
:focus-visible{outline:2px solid var(--accent);outline-offset:2px}
a{color:var(--accent)}
code{font:13px/1.5 ${MONO_FONTS};overflow-wrap:anywhere}
.problem{border:1px solid var(--edge);border-radius:8px;padding:10px 14px;margin-top:16px}
input.text{width:100%;height:auto;padding:7px 10px;border:1px solid var(--edge);border-radius:6px;background:var(--panel);color:inherit;font:inherit}
.line{display:grid;gap:4px;margin-top:10px;font-size:13px}
.tick{display:grid;grid-template-columns:auto minmax(0,1fr);gap:10px;padding:5px 0;cursor:pointer}
.tick input{margin-top:2px}
.apps{padding-left:20px}
.tabs{display:flex;gap:16px;border-bottom:1px solid var(--line);margin:12px 0 16px;padding-bottom:8px}
.tabs a[aria-current]{color:inherit;font-weight:600;text-decoration:none}
@media (max-width:420px){main{padding:20px}.notice{margin-top:20px}}
`;

/** Copies the value beside the pressed button, and says so. */
export const COPY_SCRIPT = `
document.addEventListener('click', async ({ target }) => {
  if (!target.matches('[data-copy]')) return;
  const input = target.previousElementSibling;
  input.select();
  const done = await navigator.clipboard.writeText(input.value).then(() => true, () => document.execCommand('copy'));
  target.textContent = done ? 'Copied' : 'Press Ctrl+C';
  setTimeout(() => { target.textContent = 'Copy'; }, 1500);
});
`;

const hashOf = (text: string): string => createHash('sha256').update(text).digest('base64');

const STYLE_HASH = hashOf(STYLE);

/** Text that has been escaped for HTML. */
export type Html = { readonly html: string };

type Part = string | Html | readonly Html[];

/** Builds HTML; every inserted string is escaped. */
export function markup(strings: TemplateStringsArray, ...parts: readonly Part[]): Html {
  return { html: strings.map((text, index) => text + render(parts[index] ?? '')).join('') };
}

function render(part: Part): string {
  if (typeof part === 'string') return escape(part);
  return 'html' in part ? part.html : part.map((piece) => piece.html).join('');
}

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

const escape = (text: string): string => text.replace(/[&<>"]/g, (character) => ENTITIES[character] ?? '');

export interface PageOptions {
  /** Another address that a posted form may redirect to, because Chromium also applies `form-action` to redirects after a form. */
  formTarget?: string;
  /** The only script that may run. */
  script?: string;
}

/** A complete page. */
export function page(status: number, title: string, content: Html, options: PageOptions = {}): Reply {
  const { formTarget = '', script } = options;
  const document = markup`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title} – Tokentray sandbox</title>
<style>${{ html: STYLE }}</style>
</head>
<body>
<header class="notice">Tokentray sandbox – a stand-in, not Atlassian</header>
<main>${content}</main>
${script === undefined ? '' : markup`<script>${{ html: script }}</script>`}
</body>
</html>
`;
  const policy = [
    "default-src 'none'",
    `style-src 'sha256-${STYLE_HASH}'`,
    ...(script === undefined ? [] : [`script-src 'sha256-${hashOf(script)}'`]),
    "img-src 'self'",
    `form-action 'self' ${formTarget}`.trim(),
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ];
  return {
    status,
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': policy.join('; '),
      'cache-control': 'no-store',
      // The address holds the state; a posted form must still name its origin.
      'referrer-policy': 'same-origin',
    },
    body: document.html,
  };
}

export const errorPage = (status: number, title: string, detail: string): Reply =>
  page(
    status,
    title,
    markup`<h1>${title}</h1>
<p>${detail}</p>
<p class="dim">Close this page and start again in Tokentray.</p>`,
  );
