import { sandboxDefinition } from '../../../main/sandbox/definition.ts';
import type { Sandbox } from '../../../main/sandbox/start-sandbox.ts';
import { composeCore } from '../../fakes/composed-core.ts';
import { oauth2In } from '../../fakes/oauth2.ts';
import { againstFloor, againstLimit, type Bench, type Figure } from '../figure.ts';
import { interleavedMedians, timed } from '../statistics.ts';
import { fill, freshTokens, openReadyStore } from '../support/filled-store.ts';
import { withFolder } from '../support/temporary-folder.ts';
import { startTokenEndpoint, type TokenEndpoint } from '../support/token-endpoint.ts';

const CONNECTIONS = 1000;
const AT_ONCE = 4;
const ROUNDS = 5;

/** From the scheduler's start to the last new token on disk, ms. */
const refreshAll = (endpoint: TokenEndpoint): Promise<number> =>
  withFolder(async (home) => {
    const definition = sandboxDefinition(endpoint.url);
    const store = await openReadyStore(home);
    const sandbox = { url: endpoint.url, definition, definitions: [definition] } as unknown as Sandbox;
    const core = composeCore({ store, home, sandbox });
    try {
      const client = core.services.clients.choose(definition.id);
      if (!client.ok) throw new Error(client.error.message);
      const past = Date.now() - 1000;
      fill(
        store,
        CONNECTIONS,
        { provider: definition.id, client: client.value.id },
        { obtainedAt: past - 3_600_000, expiresAt: past },
      );
      let refreshed = 0;
      const all = new Promise<void>((resolve, reject) => {
        core.services.refresher.onChange(({ outcome }) => {
          if (outcome === null) return;
          if (outcome.kind !== 'refreshed')
            reject(new Error(`a refresh ended ${outcome.kind}: ${outcome.reason}`));
          else if ((refreshed += 1) === CONNECTIONS) resolve();
        });
      });
      return await timed(() => {
        core.start();
        return all;
      });
    } finally {
      await core.dispose();
      store.close();
    }
  });

/** The same requests, with nothing stored, ms. */
async function sendAll(endpoint: TokenEndpoint): Promise<number> {
  const oauth2 = oauth2In(sandboxDefinition(endpoint.url));
  const body = new URLSearchParams({
    grant_type: 'refresh_token',
    refresh_token: freshTokens().refreshToken ?? '',
    client_id: oauth2.client?.clientId ?? '',
    client_secret: oauth2.client?.clientSecret ?? '',
  });
  let left = CONNECTIONS;
  const lane = async (): Promise<void> => {
    while ((left -= 1) >= 0) {
      const answer = await fetch(oauth2.tokenUrl, { method: 'POST', body });
      await answer.json();
    }
  };
  return timed(() => Promise.all(Array.from({ length: AT_ONCE }, lane)));
}

async function measure(delayMs: number, rounds: number): Promise<Figure[]> {
  const endpoint = await startTokenEndpoint(delayMs);
  try {
    let most = 0;
    const [floor, figure] = await interleavedMedians(rounds, [
      () => sendAll(endpoint),
      async () => {
        await endpoint.counts();
        const elapsed = await refreshAll(endpoint);
        const counts = await endpoint.counts();
        if (counts.requests !== CONNECTIONS) throw new Error(`${counts.requests} requests were sent`);
        most = Math.max(most, counts.most);
        return elapsed;
      },
    ]);
    const of = delayMs === 0 ? 'answers at once' : `answers in ${delayMs} ms`;
    return [
      againstFloor({
        name: `1,000 connections due at once, endpoint ${of}`,
        unit: 'ms',
        floorOf: 'requests alone, 4 at a time',
        floor,
        figure,
        limit: delayMs === 0 ? 2 : 1.3,
      }),
      againstLimit({ name: `most in flight, endpoint ${of}`, unit: '', figure: most, limit: AT_ONCE }),
    ];
  } finally {
    await endpoint.stop();
  }
}

export const refreshBurst: Bench = {
  id: 'refresh-burst',
  run: async () => [...(await measure(0, ROUNDS)), ...(await measure(20, 3))],
};
