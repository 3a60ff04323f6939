import type { FetchInit } from '../../../main/lib/bounded-fetch.ts';

export type BrowserFetch = (url: string | URL, init?: FetchInit) => Promise<Response>;

const MAX_STEPS = 20;

/**
 * Walks a server's login and consent pages as a browser would: follows redirects and sends each page's form with its own
 * values, as pressing its button would. Gives the callback address, or null at a page that leads nowhere;
 * throws at an error.
 */
export async function walkPages(
  fetch: BrowserFetch,
  issuer: string,
  address: string,
  login: string,
  decision: 'allow' | 'deny',
): Promise<string | null> {
  const cookies = new Map<string, string>();
  let next: { url: string; form?: URLSearchParams } = { url: address };
  for (let step = 0; step < MAX_STEPS; step += 1) {
    const answer: Response = await fetch(next.url, {
      redirect: 'manual',
      headers: { cookie: [...cookies].map((pair) => pair.join('=')).join('; ') },
      ...(next.form ? { method: 'POST', body: next.form } : {}),
    });
    for (const cookie of answer.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(cookie) ?? [];
      if (value === '') cookies.delete(name);
      else cookies.set(name, value);
    }
    const text = await answer.text();
    const location = answer.headers.get('location');
    if (location !== null) {
      const target = new URL(location, next.url);
      if (target.origin !== issuer) return target.href;
      next = { url: target.href };
      continue;
    }
    // The page after a refusal asks for the next code.
    if (next.form?.has('abort')) return null;
    const action = /<form[^>]*action="([^"]*)"/.exec(text)?.[1];
    if (!answer.ok) throw new Error(`the server answered ${answer.status}: ${pageError(text)}`);
    if (action === undefined) return null;
    const form = new URLSearchParams();
    for (const [input] of text.matchAll(/<input[^>]*>/g)) {
      const name = /name="([^"]*)"/.exec(input)?.[1];
      if (name !== undefined) form.set(name, /value="([^"]*)"/.exec(input)?.[1] ?? '');
    }
    if (form.has('login')) form.set('login', login);
    if (form.has('password')) form.set('password', 'any');
    if (decision === 'deny' && form.has('confirm')) {
      form.delete('confirm');
      form.set('abort', 'yes');
    }
    next =
      decision === 'deny' && form.has('prompt')
        ? { url: `${new URL(action, next.url).href.replace(/\/+$/, '')}/abort` }
        : { url: new URL(action, next.url).href, form };
  }
  throw new Error(`no end after ${MAX_STEPS} steps`);
}

const pageError = (text: string): string =>
  /<strong>error(?:_description)?<\/strong>: ([^<]*)/.exec(text)?.[1] ?? 'no reason given';
