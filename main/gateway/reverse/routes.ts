import type { ConnectionId } from '../../../contract/ids.ts';
import type { Connections } from '../../connections/ports.ts';
import type { ApiAddress } from '../../credentials/addresses.ts';
import { DisposableStack, type Disposable } from '../../lib/disposable.ts';
import type { ConnectionStore } from '../../store/ports.ts';
import type { ConnectionRecord } from '../../store/records.ts';

export interface Route {
  readonly connection: ConnectionRecord;
  readonly api: string;
  /** `/<connection>/<api>` as it was sent. */
  readonly prefix: string;
  /** The rest; starts with `/`. */
  readonly path: string;
  /** There is no rest, not even a slash. */
  readonly bare: boolean;
}

export interface RoutesOptions {
  connections: Pick<Connections, 'resolve' | 'onChange' | 'onRemoved'>;
  records: Pick<ConnectionStore, 'get'>;
  /** Where a connection's credential works. */
  apisOf: (connection: ConnectionRecord) => readonly ApiAddress[];
}

const MOST_KEPT = 1000;

/** Finds which API of which connection a path names. What it found is kept until a connection changes. */
export class Routes implements Disposable {
  readonly #options: RoutesOptions;
  readonly #found = new Map<string, { id: ConnectionId; api: string }>();
  readonly #subscriptions = new DisposableStack();

  constructor(options: RoutesOptions) {
    this.#options = options;
    const forget = (): void => {
      this.#found.clear();
    };
    this.#subscriptions.add(options.connections.onChange(forget));
    this.#subscriptions.add(options.connections.onRemoved(forget));
  }

  /** Null: there is no such connection or API. `path` was checked by `checkRawPath`. */
  find(path: string): Route | null {
    const second = path.indexOf('/', 1);
    if (second < 0) return null;
    const third = path.indexOf('/', second + 1);
    const prefix = third < 0 ? path : path.slice(0, third);
    const found = this.#found.get(prefix) ?? this.#resolve(prefix, second);
    const connection = found && this.#options.records.get(found.id);
    if (!connection) return null;
    return { connection, api: found.api, prefix, path: third < 0 ? '/' : path.slice(third), bare: third < 0 };
  }

  #resolve(prefix: string, second: number): { id: ConnectionId; api: string } | null {
    const reference = unescaped(prefix.slice(1, second));
    const api = unescaped(prefix.slice(second + 1));
    if (reference === null || reference === '' || api === null) return null;
    const connection = this.#options.connections.resolve(reference);
    if (!connection.ok || !this.#options.apisOf(connection.value).some(({ id }) => id === api)) return null;
    const found = { id: connection.value.id, api };
    if (this.#found.size >= MOST_KEPT) this.#found.clear();
    this.#found.set(prefix, found);
    return found;
  }

  dispose(): Promise<void> {
    return this.#subscriptions.dispose();
  }
}

/** Null: not UTF-8. */
function unescaped(segment: string): string | null {
  try {
    return decodeURIComponent(segment);
  } catch {
    return null;
  }
}
