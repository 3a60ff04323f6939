import type { ConnectionId } from '../../contract/ids.ts';
import type { Clock } from '../lib/clock.ts';
import { ok, type Result } from '../lib/result.ts';
import type { Database } from './database.ts';
import type { LockableVault, Sealing } from './ports.ts';
import type { ConnectionRecord, TokenSet } from './records.ts';
import { tokenContext } from './secret-columns.ts';
import { tokensFromText, tokensToText } from './token-text.ts';

/** Long enough that hundreds of callers a second share a decryption, too short to matter beside what waits for the garbage collector. */
const DECRYPTED_MS = 10;

type Sealed = Pick<ConnectionRecord, 'id' | 'generation'>;

/** The token sets of connections, encrypted in their rows. */
export class ConnectionTokens {
  readonly #database: Database;
  readonly #vault: LockableVault;
  readonly #clock: Clock;
  /** Forgotten after `DECRYPTED_MS`: decrypting takes ten times as long as the rest of a read. */
  readonly #decrypted = new Map<ConnectionId, Readonly<TokenSet>>();

  constructor(database: Database, vault: LockableVault, clock: Clock) {
    this.#database = database;
    this.#vault = vault;
    this.#clock = clock;
    vault.onStatus(({ state }) => {
      if (state === 'locked') this.#decrypted.clear();
    });
  }

  read(record: Sealed): Result<TokenSet> {
    const { id } = record;
    const known = this.#decrypted.get(id);
    if (known) return ok(known);
    const tokens = this.#open(record, this.#vault);
    if (!tokens.ok) return tokens;
    if (this.#decrypted.size === 0)
      this.#clock.setTimeout(() => {
        this.#decrypted.clear();
      }, DECRYPTED_MS);
    this.#decrypted.set(id, Object.freeze(tokens.value));
    return tokens;
  }

  /** Also while locked, if refreshing goes on then. */
  readToRenew(record: Sealed): Result<TokenSet> {
    return this.#open(record, this.#vault.whileLocked);
  }

  seal({ id, generation }: Sealed, tokens: TokenSet): Result<Uint8Array> {
    return this.#vault.encrypt(tokensToText(tokens), tokenContext(id, generation));
  }

  /** Those of a request that began before the vault was locked, or while refreshing went on. */
  sealRenewed({ id, generation }: Sealed, tokens: TokenSet): Result<Uint8Array> {
    return this.#vault.whileLocked.encrypt(tokensToText(tokens), tokenContext(id, generation));
  }

  /** After its row has changed or gone. */
  forget(id: ConnectionId): void {
    this.#decrypted.delete(id);
  }

  #open({ id, generation }: Sealed, vault: Sealing): Result<TokenSet> {
    const row = this.#database.attempt(() =>
      this.#database.statement('SELECT tokens FROM connections WHERE id = ?').get(id),
    );
    if (!row.ok) return row;
    const sealed = row.value?.['tokens'];
    const context = tokenContext(id, generation);
    const text = vault.decrypt(sealed instanceof Uint8Array ? sealed : new Uint8Array(), context);
    if (!text.ok) return text;
    const tokens = tokensFromText(text.value);
    if (tokens === null) throw new Error('the decrypted token set has an unknown format');
    return ok(tokens);
  }
}
