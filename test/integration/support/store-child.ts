import { writeSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { ConnectionId } from '../../../contract/ids.ts';
import { systemClock } from '../../../main/lib/clock.ts';
import { silentLogger } from '../../../main/lib/log.ts';
import { openStore } from '../../../main/store/open-store.ts';
import { acquireWriterLock } from '../../../main/store/writer-lock.ts';
import { systemKeychain } from '../../../main/store/system-keychain.ts';
import type { KeychainPort } from '../../../main/store/keychain.ts';
import type { TokenSet } from '../../../main/store/records.ts';
import { sampleConnection } from '../../fakes/sample-connection.ts';

/**
 * A process with a store: a JSON command a line on stdin, a JSON answer a line on stdout. Arguments: the data
 * folder, the keychain's time limit in ms, `fixed` for a keychain that holds the same key for every process, and `session` for a store in memory.
 */
export interface StoreCommand {
  do:
    | 'lock'
    | 'open'
    | 'bus'
    | 'insert'
    | 'save'
    | 'tokens'
    | 'list'
    | 'status'
    | 'remove'
    | 'hammer'
    | 'flip'
    | 'find'
    | 'exit';
  id?: string;
  token?: string;
  /** For `bus`: the session bus of a caller. */
  address?: string;
}

const fixedKeychain: KeychainPort = {
  read: () => Promise.resolve({ kind: 'found', secret: Buffer.alloc(32, 1).toString('base64') }),
  write: () => Promise.resolve({ kind: 'written' }),
  close: () => undefined,
};

const [home = '', timeoutMs = '10000', keychain, session] = process.argv.slice(2);
const opened = openStore({
  home,
  clock: systemClock,
  keychain: keychain === 'fixed' ? fixedKeychain : systemKeychain(),
  sessionOnly: session === 'session',
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

async function run(command: StoreCommand): Promise<unknown> {
  const id = ConnectionId.parse(command.id ?? crypto.randomUUID());
  switch (command.do) {
    case 'lock': {
      const lock = acquireWriterLock(home);
      return lock.ok ? { ok: true } : lock;
    }
    case 'open':
      return store.vault.open();
    case 'bus':
      return store.useSessionBus(command.address ?? '').then(() => store.vault.status);
    case 'insert':
      return store.connections.insert(sampleConnection({ id, name: id }), tokensOf(command.token ?? ''));
    case 'save':
      return store.connections.saveRefreshed(id, 1, tokensOf(command.token ?? ''), 3);
    case 'hammer':
      // Until somebody ends this process: a save, then a line that acknowledges it.
      for (let count = 1; ; count += 1) {
        const saved = await store.connections.saveRefreshed(
          id,
          1,
          tokensOf(`${count}-${'x'.repeat(8000)}`),
          count,
        );
        if (!saved.ok) return saved;
        writeSync(1, `${count}\n`);
      }
    case 'flip':
      // Until somebody ends this process: removed and put back again and again, a line for each.
      for (let count = 1; ; count += 1) {
        const step =
          count % 2 === 1
            ? store.connections.setAside(id, systemClock.now())
            : store.connections.putBack(id, id);
        if (!step.ok) return step;
        writeSync(1, `${count}\n`);
      }
    case 'find': {
      const places = { there: store.connections.list().length, removed: store.connections.removed().length };
      if (places.removed > 0) store.connections.putBack(id, id);
      return { ...places, tokens: store.connections.tokens(id) };
    }
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
