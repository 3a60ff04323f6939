import type { ConnectionId } from '../../contract/ids.ts';
import type { NetworkSettings } from '../../contract/network.ts';
import { boundedFetch, type Via } from '../lib/bounded-fetch.ts';
import type { Clock } from '../lib/clock.ts';
import type { Disposable } from '../lib/disposable.ts';
import { Emitter } from '../lib/emitter.ts';
import type { Logger } from '../lib/log.ts';
import { NetworkFault } from '../lib/network-fault.ts';
import { ok } from '../lib/result.ts';
import { transportFault } from '../lib/transport-fault.ts';
import type { ProviderRegistry } from '../providers/ports.ts';
import type { NetworkSecrets, Store } from '../store/ports.ts';
import { Agents, openWay } from './agents.ts';
import { trustedAuthorities } from './authorities.ts';
import { routeWords, rulesWords } from './find-route.ts';
import { PacFiles } from './pac-files.ts';
import type { Network } from './ports.ts';
import { proxyName } from './proxy-address.ts';
import type { ProxyRules } from './proxy-rules.ts';
import { hostOf, portOf, send } from './send.ts';
import { DEFAULT, StoredSettings } from './stored-settings.ts';
import { systemRules } from './system/system-rules.ts';
import { Ways } from './ways.ts';

export interface NetworkOptions {
  store: Pick<Store, 'network'>;
  registry: Pick<ProviderRegistry, 'get' | 'onChange'>;
  clock: Clock;
  logger: Logger;
  env?: Readonly<Record<string, string | undefined>>;
  /** Reads the system's proxy settings. */
  system?: () => Promise<ProxyRules>;
  /** Reads the certificate authorities that are trusted without any setting. */
  authorities?: () => Promise<readonly string[]>;
  timeoutMs?: number;
}

const PAC_LIMIT_MS = 10_000;

export function createNetwork(options: NetworkOptions): Network & Disposable {
  const { store, registry, clock, logger, env = process.env, timeoutMs } = options;
  const changed = new Emitter<ConnectionId | null>();
  const stored = new StoredSettings(store.network, registry);
  const agents = new Agents();
  const pac = new PacFiles({
    clock,
    fetch: boundedFetch({
      clock,
      timeoutMs: PAC_LIMIT_MS,
      fetch: (url, init = {}) => sendBy(new URL(url), init, { proxy: { from: 'none' } }, {}),
    }),
  });
  const ways = new Ways({
    env,
    pac,
    clock,
    system: options.system ?? (() => systemRules()),
    authorities: options.authorities ?? (() => trustedAuthorities(logger)),
  });

  async function sendBy(
    url: URL,
    init: RequestInit,
    settings: NetworkSettings,
    secrets: NetworkSecrets,
  ): Promise<Response> {
    const { way } = await ways.to(url, settings, secrets);
    const [first] = way.route;
    try {
      return await send({ agent: agents.get(way), url, init, proxy: first === null ? '' : proxyName(first) });
    } catch (fault) {
      const refused = fault instanceof NetworkFault && fault.problem.kind === 'certificate';
      if (refused && ways.certificateRefused()) agents.letGo();
      throw fault;
    }
  }

  function startAgain(): void {
    ways.forget();
    pac.forget();
    agents.letGo();
  }

  const view: Network['view'] = async (connection) => {
    const scope = connection?.id ?? DEFAULT;
    const { settings: effective } = stored.effective(connection?.via ?? null);
    return ok({
      connection: connection?.name ?? null,
      settings: store.network.get(scope),
      hasProxyPassword: store.network.has(scope, 'proxyPassword'),
      hasKeyPassphrase: store.network.has(scope, 'keyPassphrase'),
      effective,
      route: rulesWords(await ways.rules(effective, {})),
    });
  };

  const providers = registry.onChange(startAgain);
  return {
    fetch: boundedFetch({
      clock,
      ...(timeoutMs !== undefined && { timeoutMs }),
      fetch: async (url, { via = null, ...init } = {}) => {
        const effective = stored.effective(via);
        return sendBy(new URL(url), init, effective.settings, stored.secrets(effective));
      },
    }),
    onChange: changed.event,
    tryOut: async (address: string, via: Via | null) => {
      const url = new URL(address);
      let route = 'directly';
      try {
        const effective = stored.effective(via);
        const { way, rules } = await ways.to(url, effective.settings, stored.secrets(effective));
        route = routeWords(way.route, rules);
        const socket = await openWay(way, { host: hostOf(url), port: portOf(url) });
        socket.destroy();
        return { route, fault: null };
      } catch (fault) {
        return { route, fault: transportFault(fault, url) };
      }
    },
    view,
    set: async (connection, change) => {
      const done = await stored.change(connection?.id ?? DEFAULT, change);
      if (!done.ok) return done;
      startAgain();
      changed.emit(connection?.id ?? null);
      return view(connection);
    },
    isUnverified: (connection) => store.network.get(connection).verify === false,
    forget: (connection) => {
      store.network.forget(connection);
    },
    dispose: async () => {
      await providers.dispose();
      agents.destroy();
    },
  };
}
