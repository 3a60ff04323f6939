import { createInterface } from 'node:readline';
import { ConnectionId, ProviderId } from '../../../contract/ids.ts';
import { systemClock } from '../../../main/lib/clock.ts';
import { silentLogger } from '../../../main/lib/log.ts';
import { openStore } from '../../../main/store/open-store.ts';
import { systemKeychain } from '../../../main/store/system-keychain.ts';
import type { TokenSet } from '../../../main/store/records.ts';

/** A process with a store on the system's keychain: a JSON command a line on stdin, a JSON answer a line on stdout. */
export interface StoreCommand {
  do: 'open' | 'insert' | 'save' | 'tokens' | 'list' | 'status' | 'remove' | 'exit';
  id?: string;
  token?: string;
}

const [home = '', timeoutMs = '10000'] = process.argv.slice(2);
const opened = openStore({
  home,
  clock: systemClock,
  keychain: systemKeychain(),
  sessionOnly: false,
  logger: silentLogger,
  keychainTimeoutMs: Number(timeoutMs),
});
if (!opened.ok) throw new Error(JSON.stringify(opened.error));
const store = opened.value;

const tokensOf = (token: string): TokenSet => ({
  accessToken: token,
  refreshToken: `refresh-${token}`,
  expiresAt: 2,
  obtainedAt: 1,
  scopes: null,
});

function run(command: StoreCommand): unknown {
  const id = ConnectionId.parse(command.id ?? crypto.randomUUID());
  switch (command.do) {
    case 'open':
      return store.vault.open();
    case 'insert':
      return store.connections.insert(
        {
          id,
          name: id,
          provider: ProviderId.parse('atlassian'),
          method: 'oauth2',
          client: null,
          account: { id: 'a', name: 'A', email: null, pictureUrl: null },
          site: null,
          sites: [],
          requestedScopes: [],
          grantedScopes: [],
          createdAt: 1,
        },
        tokensOf(command.token ?? ''),
      );
    case 'save':
      return store.connections.saveRefreshed(id, 1, tokensOf(command.token ?? ''), 3);
    case 'tokens':
      return store.connections.tokens(id);
    case 'list':
      return store.connections.list().map((record) => record.id);
    case 'status':
      return store.vault.status;
    case 'remove':
      return store.connections.remove(id);
    case 'exit':
      store.close();
      return 'closed';
  }
}

for await (const line of createInterface({ input: process.stdin })) {
  const answer = await run(JSON.parse(line) as StoreCommand);
  process.stdout.write(`${JSON.stringify(answer)}\n`);
}
