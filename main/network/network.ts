import type { ConnectionId } from '../../contract/ids.ts';
import { boundedFetch, type Fetch, type Via } from '../lib/bounded-fetch.ts';
import type { Disposable } from '../lib/disposable.ts';
import type { ForgetsSecrets } from '../lib/forgets-secrets.ts';
import { Emitter } from '../lib/emitter.ts';
import { ok } from '../lib/result.ts';
import { transportFault } from '../lib/transport-fault.ts';
import type { ProviderRegistry } from '../providers/ports.ts';
import type { Store } from '../store/ports.ts';
import type { Engine, EngineOptions, InForce } from './engine.ts';
import type { Network } from './ports.ts';
import { StreamAgents } from './stream-agents.ts';
import { DEFAULT, StoredSettings } from './stored-settings.ts';

export interface NetworkOptions extends Omit<EngineOptions, 'env'> {
  store: Pick<Store, 'network'>;
  registry: Pick<ProviderRegistry, 'get' | 'onChange'>;
  env?: EngineOptions['env'];
  timeoutMs?: number;
}

export function createNetwork(options: NetworkOptions): Network & Disposable & ForgetsSecrets {
  const { store, registry, clock, env = process.env, timeoutMs } = options;
  const changed = new Emitter<ConnectionId | null>();
  const stored = new StoredSettings(store.network, registry);
  let engine: Promise<Engine> | null = null;
  let ended = false;
  const loadEngine = (): Promise<Engine> =>
    (engine ??= import('./engine.ts').then(({ Engine }) => new Engine({ ...options, env })));

  const inForce = (via: Via | null): InForce => {
    const effective = stored.effective(via);
    return { settings: effective.settings, secrets: stored.secrets(effective) };
  };
  const streams = new StreamAgents(({ url, via }) => ({
    open: async () => {
      const settings = inForce(via);
      return (await openEngine()).open(url, settings);
    },
    wayNow: async () => {
      const settings = inForce(via);
      return (await openEngine()).wayKey(url, settings);
    },
    monotonicMs: () => clock.monotonicMs(),
  }));
  const openEngine = async (): Promise<Engine> => {
    const loaded = await loadEngine();
    if (ended) throw new Error('the network is closed');
    return loaded;
  };
  const startAgain = async (): Promise<void> => {
    (await engine)?.startAgain();
    streams.startAgain();
  };

  const view: Network['view'] = async (connection) => {
    const scope = connection?.id ?? DEFAULT;
    const { settings: effective } = stored.effective(connection?.via ?? null);
    return ok({
      connection: connection?.name ?? null,
      settings: store.network.get(scope),
      hasProxyPassword: store.network.has(scope, 'proxyPassword'),
      hasKeyPassphrase: store.network.has(scope, 'keyPassphrase'),
      effective,
      route: await (await loadEngine()).proxyWords(effective),
    });
  };

  const bounded = (current: (via: Via | null) => InForce): Fetch =>
    boundedFetch({
      clock,
      ...(timeoutMs !== undefined && { timeoutMs }),
      fetch: async (url, { via = null, ...init } = {}) => {
        const settings = current(via);
        return (await openEngine()).send(new URL(url), init, settings);
      },
    });

  const providers = registry.onChange(() => void startAgain());
  return {
    fetch: bounded(inForce),
    pinned: (via) => {
      // While the keychain is closed, each request says so.
      const current = attempt(() => inForce(via));
      return bounded(() => current());
    },
    agentFor: (url, via) => streams.get(url, via),
    openAt: async (url, address) => {
      const settings = inForce(null);
      return (await openEngine()).openAt(url, address, settings);
    },
    onChange: changed.event,
    tunnel: async (url, direct) => (await openEngine()).tunnel(url, inForce(null), direct),
    tryOut: async (address, via) => {
      const url = new URL(address);
      try {
        return await (await loadEngine()).tryOut(url, inForce(via));
      } catch (fault) {
        return { route: 'directly', fault: transportFault(fault, url) };
      }
    },
    view,
    set: async (connection, change) => {
      const done = await stored.change(connection?.id ?? DEFAULT, change);
      if (!done.ok) return done;
      await startAgain();
      changed.emit(connection?.id ?? null);
      return view(connection);
    },
    isUnverified: (connection) => store.network.get(connection).verify === false,
    disconnect: (connection) => {
      streams.forget(connection);
    },
    forget: (connection) => {
      store.network.forget(connection);
      streams.forget(connection);
    },
    // Passwords of proxies, and keys of client certificates.
    forgetSecrets: () => void startAgain(),
    dispose: async () => {
      ended = true;
      await providers.dispose();
      streams.destroy();
      (await engine)?.destroy();
    },
  };
}

/** Calls at once; what that gave or threw is given or thrown later. */
function attempt<T>(make: () => T): () => T {
  try {
    const made = make();
    return () => made;
  } catch (fault) {
    return () => {
      throw fault;
    };
  }
}
