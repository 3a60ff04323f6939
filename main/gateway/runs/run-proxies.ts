import type { ConnectionId, ConsumerId } from '../../../contract/ids.ts';
import type { Consumers, Traffic } from '../../consumers/ports.ts';
import { instanceOf } from '../../credentials/addresses.ts';
import type { Clock } from '../../lib/clock.ts';
import { DisposableStack, type Disposable } from '../../lib/disposable.ts';
import type { ForgetsSecrets } from '../../lib/forgets-secrets.ts';
import type { Logger } from '../../lib/log.ts';
import { fail, ok, type Result } from '../../lib/result.ts';
import type { ProviderRegistry } from '../../providers/ports.ts';
import type { Store } from '../../store/ports.ts';
import type { Relay } from '../ports.ts';
import { createAuthority } from '../proxy/authority.ts';
import { createBundle, type BundleFiles } from '../proxy/bundle.ts';
import type { Dial } from '../proxy/dial.ts';
import type { Opening } from '../proxy/find-opening.ts';
import type { RunProxy } from '../proxy/ports.ts';
import { startProxy } from '../proxy/proxy.ts';
import { openingsOf, signInEndpoints } from './openings.ts';
import type { RealServices } from './real-services.ts';

export interface RunProxiesOptions {
  readonly consumers: Pick<Consumers, 'authenticate' | 'get' | 'onRemoved'>;
  readonly relay: Relay;
  readonly traffic: Pick<Traffic, 'record'>;
  readonly store: Pick<Store, 'authority' | 'connections'>;
  readonly registry: Pick<ProviderRegistry, 'get'>;
  readonly home: string;
  /** The certificates that programs trust on this system, PEM. */
  readonly systemAuthorities: () => Promise<readonly string[]>;
  readonly dial: Dial;
  readonly services: RealServices;
  readonly clock: Clock;
  readonly logger: Logger;
}

/** The proxies of runs; each ends with its consumer. */
export interface RunProxies extends Disposable, ForgetsSecrets {
  /** `isolated`: nothing else is tunnelled to. */
  start(
    consumer: ConsumerId,
    connections: readonly ConnectionId[],
    isolated: boolean,
  ): Promise<Result<BundleFiles & { port: number }>>;
}

export function createRunProxies(options: RunProxiesOptions): RunProxies {
  const { consumers, store, registry, services } = options;
  const authority = createAuthority({ ...options, store: store.authority });
  const bundle = createBundle(options.home, options.systemAuthorities);
  const proxies = new Map<ConsumerId, RunProxy>();
  const parts = new DisposableStack();
  parts.add({
    dispose: async () => {
      for (const proxy of proxies.values()) await proxy.dispose();
    },
  });
  parts.add(
    consumers.onRemoved((id) => {
      void proxies.get(id)?.dispose();
      proxies.delete(id);
    }),
  );

  /** As they are now: one may have another site since, or be gone. */
  const known = (ids: readonly ConnectionId[]) =>
    ids.flatMap((id) => {
      const connection = store.connections.get(id);
      const definition =
        connection === null ? null : registry.get(connection.provider, instanceOf(connection));
      return connection !== null && definition?.ok === true
        ? [{ connection, definition: definition.value }]
        : [];
    });

  const openings = (ids: readonly ConnectionId[]): Opening[] =>
    known(ids).flatMap(({ connection, definition }) => openingsOf(connection, definition, services.played));

  const hostsOf = (ids: readonly ConnectionId[]): string[] => [
    ...new Set([
      ...services.playedHosts,
      ...openings(ids)
        .map(({ url }) => new URL(services.realAddress(url.href)))
        .filter(({ protocol }) => protocol === 'https:')
        .map(({ hostname }) => hostname.replace(/^\[|\]$/g, '')),
    ]),
  ];

  return {
    start: async (consumer, connections, isolated) => {
      const own = await authority.forHosts(hostsOf(connections));
      if (!own.ok) return own;
      const files = await bundle.with(own.value.certificate);
      if (!files.ok) return files;
      const endpoints = new Set(known(connections).flatMap(({ definition }) => signInEndpoints(definition)));
      const proxy = await startProxy(
        {
          ...options,
          played: services.played,
          authority: own.value,
          signsIn: (address) => endpoints.has(address),
        },
        {
          consumer: () => consumers.get(consumer),
          isKey: (key) => consumers.authenticate(key)?.id === consumer,
          openings: () => openings(connections),
          tunnelsOthers: !isolated,
        },
      );
      if (!proxy.ok) return proxy;
      if (consumers.get(consumer) === null) {
        await proxy.value.dispose();
        return fail('cancelled', 'The run ended before it began.');
      }
      proxies.set(consumer, proxy.value);
      return ok({ ...files.value, port: proxy.value.port });
    },
    forgetSecrets: () => {
      authority.forgetSecrets();
    },
    dispose: () => parts.dispose(),
  };
}
