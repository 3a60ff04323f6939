import { fileURLToPath } from 'node:url';
import type { Clock } from '../lib/clock.ts';
import { FetchLimitError, type Fetch } from '../lib/bounded-fetch.ts';
import { NetworkFault } from '../lib/network-fault.ts';
import { plainFileWords, readPlainFile } from '../lib/plain-file.ts';
import { transportFault } from '../lib/transport-fault.ts';
import type { Route } from './proxy-address.ts';
import { routeOfPac } from './proxy-rules.ts';
import { runPac } from './run-pac.ts';

export interface PacFilesOptions {
  /** Without a proxy. */
  fetch: Fetch;
  clock: Clock;
  run?: typeof runPac;
}

const MAX_BYTES = 1 << 20;
/** A script may look at the time of day, but not at every request. */
const KEEP_ROUTE_MS = 5 * 60_000;
const KEEP_SCRIPT_MS = 10 * 60_000;
const KEEP_FAULT_MS = 30_000;
const MOST_KEPT = 200;

interface Kept<T> {
  value: Promise<T>;
  until: number;
}

/** Proxy configuration scripts: loaded, run for each server, and what they said kept for a few minutes. */
export class PacFiles {
  readonly #options: PacFilesOptions;
  readonly #scripts = new Map<string, Kept<string>>();
  readonly #routes = new Map<string, Kept<Route>>();

  constructor(options: PacFilesOptions) {
    this.#options = options;
  }

  /** Rejects with a NetworkFault. */
  route(location: string, url: URL): Promise<Route> {
    // Only the origin, as browsers do: a path may hold a secret.
    const origin = `${url.origin}/`;
    return this.#keep(this.#routes, `${location} ${origin}`, KEEP_ROUTE_MS, async () => {
      const script = await this.#keep(this.#scripts, location, KEEP_SCRIPT_MS, () => this.#load(location));
      const run = this.#options.run ?? runPac;
      const said = await run(script, origin, url.hostname.replace(/^\[(.*)\]$/, '$1'));
      if (!said.ok) throw new NetworkFault({ kind: 'pac', location, reason: said.reason });
      return routeOfPac(said.text);
    });
  }

  forget(): void {
    this.#scripts.clear();
    this.#routes.clear();
  }

  #keep<T>(map: Map<string, Kept<T>>, key: string, keepMs: number, make: () => Promise<T>): Promise<T> {
    const now = this.#options.clock.now();
    const known = map.get(key);
    // The clock may have been set back.
    if (known !== undefined && now < known.until && known.until - now <= keepMs) return known.value;
    const kept: Kept<T> = { value: make(), until: now + keepMs };
    kept.value.catch(() => {
      kept.until = this.#options.clock.now() + KEEP_FAULT_MS;
    });
    const [oldest] = map.keys();
    if (map.size >= MOST_KEPT && oldest !== undefined) map.delete(oldest);
    map.set(key, kept);
    return kept.value;
  }

  async #load(location: string): Promise<string> {
    const unusable = (reason: string, cause?: unknown): NetworkFault =>
      new NetworkFault({ kind: 'pac', location, reason }, cause);
    if (!/^https?:/i.test(location)) {
      const file = localPath(location);
      if (file === null) throw unusable('is not a path on this machine');
      const content = await readPlainFile(file, MAX_BYTES);
      if (!content.ok) throw unusable(plainFileWords(content.error));
      return content.value.toString('utf8');
    }
    try {
      const answer = await this.#options.fetch(location);
      if (!answer.ok) throw unusable(`cannot be loaded (HTTP ${answer.status})`);
      return await answer.text();
    } catch (fault) {
      if (fault instanceof NetworkFault && fault.problem.kind === 'pac') throw fault;
      const { reason } = transportFault(fault, location);
      throw unusable(
        fault instanceof FetchLimitError && fault.limit === 'size'
          ? 'is far too large'
          : `cannot be loaded: ${reason}`,
        fault,
      );
    }
  }
}

/** Desktops name a script on disk by its `file:` address. Null for one of another machine. */
function localPath(location: string): string | null {
  if (!/^file:/i.test(location)) return location;
  try {
    return fileURLToPath(location);
  } catch {
    return null;
  }
}
