import { composeCore } from '../../fakes/composed-core.ts';
import { MemoryKeychain } from '../../fakes/memory-keychain.ts';
import { againstLimit, type Bench } from '../figure.ts';
import { percentile, timed } from '../statistics.ts';
import { fill, openReadyStore } from '../support/filled-store.ts';
import { withFolder } from '../support/temporary-folder.ts';

const CONNECTIONS = 1000;
const CALLS = 5000;

/** `credentials.get` through the dispatcher, without process or socket between. */
export const getInside: Bench = {
  id: 'get-inside',
  run: () =>
    withFolder(async (home) => {
      const keychain = new MemoryKeychain();
      const store = await openReadyStore(home, keychain);
      fill(store, CONNECTIONS);
      const core = composeCore({ store, home });
      const asked = keychain.reads + keychain.writes;
      const get = async (): Promise<void> => {
        const credential = await core.api.dispatch({ caller: 'cli' }, 'credentials.get', {
          field: 'access_token',
        });
        if (!credential.ok) throw new Error(credential.error.message);
      };
      for (let index = 0; index < 500; index += 1) await get();
      const values: number[] = [];
      for (let index = 0; index < CALLS; index += 1) values.push(await timed(get));
      const keychainCalls = keychain.reads + keychain.writes - asked;
      await core.dispose();
      store.close();
      const note = `p99 ${percentile(values, 0.99).toFixed(3)} ms; keychain calls: ${keychainCalls}`;
      return [
        againstLimit({
          name: `get inside the app, p50 (${CONNECTIONS} connections)`,
          unit: 'ms',
          figure: percentile(values, 0.5),
          limit: 0.3,
          also: keychainCalls === 0,
          note,
        }),
      ];
    }),
};
