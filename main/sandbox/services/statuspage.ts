import { json } from '../exchange.ts';
import type { SandboxState } from '../sandbox-state.ts';
import { below, type SandboxService } from '../service.ts';

const API = '/api.statuspage.io';
const PAGE = { id: 'kctbh9vrtdwd', name: 'Acme status', subdomain: 'acme', url: null };

const apiKey = ({ mint }: SandboxState): string => mint.secret('statuspage', 24);

/** Statuspage: `Authorization: OAuth <key>`, and nothing else. */
export const STATUSPAGE: SandboxService = {
  hosts: { 'api.statuspage.io': API },
  kindOf: (_state, { path }) => (below(API, path) === null ? null : 'api'),
  answer: (state, { path, headers }) => {
    const key = /^OAuth +(\S+)$/.exec(headers.authorization ?? '')?.[1];
    if (key !== apiKey(state) || state.ended.how(key) !== null)
      return json(401, { error: 'Could not authenticate' });
    switch (below(API, path) ?? '') {
      case '/v1/pages':
        return json(200, [PAGE]);
      case `/v1/pages/${PAGE.id}`:
        return json(200, PAGE);
      case `/v1/pages/${PAGE.id}/incidents`:
        return json(200, []);
      default:
        return json(404, { error: 'Not found' });
    }
  },
  credentials: (state) => ({ statuspage: [{ apiKey: apiKey(state) }] }),
};
