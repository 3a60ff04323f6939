import { allows, scopeMissing, type Caller } from '../caller.ts';
import { json, notFound, type Reply, type SandboxRequest } from '../exchange.ts';
import type { SandboxSite } from '../people.ts';
import type { SentFile } from '../sent-file.ts';
import type { SiteContent } from './written.ts';

/** One resource of a product. */
export interface Route {
  method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  path: RegExp;
  /** Sets of scopes: one of them must be complete (a classic scope, or every granular one). */
  scopes: readonly (readonly string[])[];
  /** Removed for all calls through the gateway; the site still answers. */
  removed?: boolean;
  answer: (call: ApiCall) => Reply;
}

export interface ApiCall {
  request: SandboxRequest;
  caller: Caller;
  site: SandboxSite;
  /** Origin of the stand-in. */
  url: string;
  /** Where the product answers this call: links in answers lead there. */
  base: string;
  /** Files that were attached so far; a new one is added. */
  attached: SentFile[];
  /** Of the site. */
  content: SiteContent;
  /** Epoch ms. */
  now: number;
  /** What the path's group matched. */
  argument: string;
}

/** Answers by the first route that fits; the scopes are checked before anything else. */
export function answerByRoute(
  routes: readonly Route[],
  path: string,
  call: Omit<ApiCall, 'argument'>,
  at: 'gateway' | 'site',
): Reply {
  for (const route of routes) {
    const match = route.method === call.request.method ? route.path.exec(path) : null;
    if (!match) continue;
    if (!allows(call.caller, route.scopes)) return scopeMissing();
    if (route.removed && at === 'gateway')
      return json(410, { code: 410, message: 'This deprecated endpoint has been removed.' });
    return route.answer({ ...call, argument: match[1] ?? '' });
  }
  return notFound();
}
