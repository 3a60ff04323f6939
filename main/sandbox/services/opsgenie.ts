import { json } from '../exchange.ts';
import type { SandboxState } from '../sandbox-state.ts';
import { below, type SandboxService } from '../service.ts';

const API = '/api.opsgenie.com';

/** Spelled as a UUID, as Opsgenie's keys are. */
function apiKey({ mint }: SandboxState): string {
  const hex = Buffer.from(mint.secret('opsgenie', 16), 'base64url').toString('hex');
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

/** Opsgenie: `Authorization: GenieKey <key>`, and nothing else. */
export const OPSGENIE: SandboxService = {
  hosts: { 'api.opsgenie.com': API, 'api.eu.opsgenie.com': API },
  kindOf: (_state, { path }) => (below(API, path) === null ? null : 'api'),
  answer: (state, { path, headers }) => {
    const key = /^GenieKey +(\S+)$/.exec(headers.authorization ?? '')?.[1];
    const took = { took: 0.002, requestId: 'sandbox' };
    if (key === undefined || !/^[\da-f-]{36}$/.test(key))
      return json(422, { message: 'Key format is not valid!', ...took });
    if (key !== apiKey(state) || state.ended.how(key) !== null)
      return json(401, { message: 'Could not authenticate', ...took });
    switch (below(API, path) ?? '') {
      case '/v2/account':
        return json(200, { data: { name: 'acme', userCount: 12, plan: { name: 'Enterprise' } }, ...took });
      case '/v2/alerts':
        return json(200, { data: [], ...took });
      default:
        return json(404, { message: 'No handler found', ...took });
    }
  },
  credentials: (state) => ({ opsgenie: [{ apiKey: apiKey(state) }] }),
};
