import type { NetworkChange, NetworkSettings } from '../../contract/network.ts';
import type { Via } from '../lib/bounded-fetch.ts';
import { NetworkFault } from '../lib/network-fault.ts';
import { fail, ok, type Result } from '../lib/result.ts';
import type { ProviderRegistry } from '../providers/ports.ts';
import type { NetworkScope, NetworkSecrets, NetworkStore } from '../store/ports.ts';
import { effectiveSettings, type EffectiveSettings, type Layer } from './effective-settings.ts';

export const DEFAULT = 'default' satisfies NetworkScope;
/** A provider's file holds no secrets. */
const PROVIDER = 'provider';

/** Settings as they are stored and shipped, by whom they apply to. */
export class StoredSettings {
  readonly #store: NetworkStore;
  readonly #registry: Pick<ProviderRegistry, 'get'>;

  constructor(store: NetworkStore, registry: Pick<ProviderRegistry, 'get'>) {
    this.#store = store;
    this.#registry = registry;
  }

  effective(via: Via | null): EffectiveSettings {
    const provider = via === null ? null : this.#registry.get(via.provider);
    const shipped = provider?.ok === true ? (provider.value.network ?? {}) : {};
    const others: Layer[] = [
      { scope: PROVIDER, settings: shipped },
      { scope: DEFAULT, settings: this.#store.get(DEFAULT) },
    ];
    const connection = via?.connection ?? null;
    const own = connection === null ? null : { scope: connection, settings: this.#store.get(connection) };
    return effectiveSettings(own, others);
  }

  /** Throws a NetworkFault while the vault cannot be opened. */
  secrets({ proxyScope, certificateScope }: EffectiveSettings): NetworkSecrets {
    const { proxyPassword } = this.#secretsOf(proxyScope);
    const { keyPassphrase } = this.#secretsOf(certificateScope);
    return {
      ...(proxyPassword !== undefined && { proxyPassword }),
      ...(keyPassphrase !== undefined && { keyPassphrase }),
    };
  }

  #secretsOf(scope: string | null): NetworkSecrets {
    if (scope === null || scope === PROVIDER) return {};
    const secrets = this.#store.secrets(scope as NetworkScope);
    if (secrets.ok) return secrets.value;
    throw new NetworkFault({ kind: 'settings', reason: secrets.error.message.replace(/\.$/, '') });
  }

  /** Checks a change and stores it. Fails with `invalid-input` or `io`, and stores nothing then. */
  async change(scope: NetworkScope, change: NetworkChange): Promise<Result<void>> {
    if (scope === DEFAULT && change.verify === false)
      return fail(
        'invalid-input',
        'Certificates can be left unchecked for one connection only, not for all.',
        'Name it: tokentray network --no-verify --connection NAME',
      );
    const old = this.#store.get(scope);
    const settings = changed(old, change);
    const keeps = keptSecrets(old, settings, change);
    // What is replaced or removed need not be read.
    const before = keeps.length === 0 ? ok({}) : this.#store.secrets(scope);
    if (!before.ok) return before;
    const secrets = changedSecrets(settings, pick(before.value, keeps), change);
    const { caFile, clientCertificate } = settings;
    if (isGiven(change.caFile) || isGiven(change.clientCertificate) || change.keyPassphrase !== undefined) {
      const files = {
        ...(caFile !== undefined && { caFile }),
        ...(clientCertificate !== undefined && { clientCertificate }),
      };
      const { secureContextFor } = await import('./tls-settings.ts');
      const usable = await secureContextFor(files, secrets.keyPassphrase ?? null, () => Promise.resolve([]));
      if (!usable.ok) return usable;
    }
    return this.#store.set(scope, settings, secrets);
  }
}

/** Null removes a setting, and undefined leaves it as it is. */
const isGiven = <T>(value: T | null | undefined): value is T => value !== null && value !== undefined;

/** Pure. */
function changed(before: NetworkSettings, change: NetworkChange): NetworkSettings {
  const proxy = change.proxy === undefined ? before.proxy : change.proxy;
  const caFile = change.caFile === undefined ? before.caFile : change.caFile;
  const certificate =
    change.clientCertificate === undefined ? before.clientCertificate : change.clientCertificate;
  const verify = change.verify ?? before.verify;
  return {
    ...(isGiven(proxy) && { proxy }),
    ...(isGiven(caFile) && { caFile }),
    ...(isGiven(certificate) && { clientCertificate: certificate }),
    ...(verify === false && { verify }),
  };
}

/**
 * Which secrets stay: a password only with the proxy that it was entered for, a passphrase only with the key. Pure.
 */
function keptSecrets(
  before: NetworkSettings,
  after: NetworkSettings,
  change: NetworkChange,
): (keyof NetworkSecrets)[] {
  const sameProxy =
    before.proxy?.from === 'manual' && after.proxy?.from === 'manual' && before.proxy.url === after.proxy.url;
  const sameKey = JSON.stringify(before.clientCertificate) === JSON.stringify(after.clientCertificate);
  return [
    ...(sameProxy && change.proxyPassword === undefined ? (['proxyPassword'] as const) : []),
    ...(after.clientCertificate !== undefined && sameKey && change.keyPassphrase === undefined
      ? (['keyPassphrase'] as const)
      : []),
  ];
}

const pick = (secrets: NetworkSecrets, names: readonly (keyof NetworkSecrets)[]): NetworkSecrets =>
  Object.fromEntries(Object.entries(secrets).filter(([name]) => names.some((kept) => kept === name)));

/** Pure. */
function changedSecrets(
  settings: NetworkSettings,
  kept: NetworkSecrets,
  change: NetworkChange,
): NetworkSecrets {
  const proxyPassword = change.proxyPassword === undefined ? kept.proxyPassword : change.proxyPassword;
  const keyPassphrase = change.keyPassphrase === undefined ? kept.keyPassphrase : change.keyPassphrase;
  return {
    ...(settings.proxy?.from === 'manual' && isGiven(proxyPassword) && { proxyPassword }),
    ...(settings.clientCertificate !== undefined && isGiven(keyPassphrase) && { keyPassphrase }),
  };
}
