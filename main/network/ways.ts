import type { SecureContext } from 'node:tls';
import type { NetworkSettings } from '../../contract/network.ts';
import type { Clock } from '../lib/clock.ts';
import { NetworkFault } from '../lib/network-fault.ts';
import type { Result } from '../lib/result.ts';
import type { NetworkSecrets } from '../store/ports.ts';
import type { Way } from './agents.ts';
import { findRoute, rulesFor, type RouteSources } from './find-route.ts';
import { kept, type Kept } from './kept.ts';
import { environmentRules, type ProxyRules } from './proxy-rules.ts';
import { filesStamp, secureContextFor } from './tls-settings.ts';

export interface WaysOptions {
  env: Readonly<Record<string, string | undefined>>;
  /** Reads the system's settings. */
  system: () => Promise<ProxyRules>;
  pac: RouteSources['pac'];
  clock: Clock;
  /** Reads the certificate authorities that are trusted without any setting. */
  authorities: () => Promise<readonly string[]>;
}

/** How long the system's proxy settings are taken to be as they were. */
const KEEP_SYSTEM_MS = 30_000;
/** How soon the system's authorities are read again after a certificate was refused. */
const KEEP_AUTHORITIES_MS = 60_000;
/** Different files and passphrases. */
const MOST_CONTEXTS = 16;

/** From settings to the way that a request takes. */
export class Ways {
  readonly #pac: RouteSources['pac'];
  readonly #environment: ProxyRules;
  readonly #system: Kept<ProxyRules>;
  readonly #authorities: Kept<readonly string[]>;
  readonly #contexts = new Map<string, Promise<Result<SecureContext>>>();

  constructor({ env, system, pac, clock, authorities }: WaysOptions) {
    this.#environment = environmentRules(env);
    this.#pac = pac;
    this.#system = kept(system, clock, KEEP_SYSTEM_MS);
    this.#authorities = kept(authorities, clock, Infinity);
  }

  rules({ proxy }: NetworkSettings, { proxyPassword }: ProxySecret): Promise<ProxyRules> {
    const sources = { environment: this.#environment, system: this.#system.get };
    return rulesFor(proxy ?? { from: 'automatic' }, proxyPassword ?? null, sources);
  }

  /** Rejects with a NetworkFault when the settings lead nowhere. */
  async to(
    url: URL,
    settings: NetworkSettings,
    secrets: NetworkSecrets,
  ): Promise<{ way: Way; rules: ProxyRules }> {
    const { proxy, caFile, clientCertificate, verify } = settings;
    const rules = await this.rules(settings, secrets);
    const route = await findRoute(url, rules, proxy?.from === 'pac', this.#pac);
    const secure = url.protocol === 'https:';
    const files = {
      ...(caFile !== undefined && { caFile }),
      ...(clientCertificate !== undefined && { clientCertificate }),
    };
    const passphrase = secrets.keyPassphrase ?? null;
    const key = JSON.stringify([files, await filesStamp(files), passphrase]);
    const way = {
      key: JSON.stringify([key, verify, secure, route]),
      route,
      secure,
      verify: verify !== false,
      secureContext: () => this.#context(key, files, passphrase),
    };
    return { way, rules };
  }

  /** Files, scripts and the system's settings are read again. */
  forget(): void {
    this.#contexts.clear();
    this.#system.forget();
  }

  /** Whether the system's authorities are read again from now on: one that was missing may have been added since. */
  certificateRefused(): boolean {
    if (this.#authorities.ageMs() < KEEP_AUTHORITIES_MS) return false;
    this.#authorities.forget();
    this.#contexts.clear();
    return true;
  }

  async #context(key: string, files: NetworkSettings, passphrase: string | null): Promise<SecureContext> {
    const known = this.#contexts.get(key);
    const context = known ?? secureContextFor(files, passphrase, this.#authorities.get);
    if (known === undefined) {
      const [oldest] = this.#contexts.keys();
      if (this.#contexts.size >= MOST_CONTEXTS && oldest !== undefined) this.#contexts.delete(oldest);
      this.#contexts.set(key, context);
    }
    const made = await context;
    if (made.ok) return made.value;
    this.#contexts.delete(key);
    throw new NetworkFault({ kind: 'settings', reason: made.error.message.replace(/\.$/, '') });
  }
}

type ProxySecret = Pick<NetworkSecrets, 'proxyPassword'>;
