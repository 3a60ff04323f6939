import type { ConsumerId } from '../../../contract/ids.ts';
import {
  NOT_INHERITED_BY_PROXY,
  NOT_INHERITED_BY_RUNS,
  proxyNotes,
  proxyVariables,
} from '../../../contract/proxy-environment.ts';
import type { Consumers } from '../../consumers/ports.ts';
import { apiAddresses, instanceOf, type ApiAddress } from '../../credentials/addresses.ts';
import { writtenBy } from '../../exports/presets/preset.ts';
import type { PresetRegistry } from '../../exports/presets/registry.ts';
import { DisposableStack, type Disposable } from '../../lib/disposable.ts';
import type { ForgetsSecrets } from '../../lib/forgets-secrets.ts';
import { fail, ok, type Result } from '../../lib/result.ts';
import type { ConnectionRecord } from '../../store/records.ts';
import type { Door } from '../ports.ts';
import { addressName } from '../address-name.ts';
import type { RunDoors } from '../reverse/run-door.ts';
import type { GiveRunVariables, RunVariables, StartedRun } from '../run-variables.ts';
import { createRunHolds, type RunHolds } from './holds.ts';
import { whenListening } from './when-listening.ts';
import { presetVariables, type Through } from './preset-variables.ts';
import type { RunProxies, RunProxiesOptions } from './run-proxies.ts';

export interface RunsOptions extends RunProxiesOptions {
  readonly consumers: RunProxiesOptions['consumers'] & Pick<Consumers, 'remove'>;
  /** The gateway's address for keys. */
  readonly gateway: Pick<Door, 'state' | 'onChange'>;
  /** Its addresses for single runs. */
  readonly gatewayOfRuns: Pick<RunDoors, 'open'>;
  /** Those that are isolated and have not ended. */
  readonly isolatedRuns: Set<ConsumerId>;
  readonly presets: Pick<PresetRegistry, 'get' | 'list'>;
  readonly platform: string;
}

/** What runs of programs are given instead of credentials. */
export interface Runs extends Disposable, ForgetsSecrets {
  readonly giveVariables: GiveRunVariables;
  readonly hold: RunHolds['hold'];
}

/** What a tool has that only looks whether it has a credential; the proxy puts the real one in its place. */
const PLACEHOLDER = 'added-by-tokentray';

export function createRuns(options: RunsOptions): Runs {
  const { consumers, registry, presets, services, isolatedRuns } = options;
  const parts = new DisposableStack();
  const holds = parts.add(createRunHolds(options));
  parts.add(consumers.onRemoved((id) => void isolatedRuns.delete(id)));
  let proxies: Promise<RunProxies> | null = null;
  /** With the first run of that kind: TLS is not needed to start. */
  const loadProxies = async (): Promise<RunProxies> => {
    const { createRunProxies } = await import('./run-proxies.ts');
    return parts.add(createRunProxies(options));
  };

  const addressesOf = (connection: ConnectionRecord): ApiAddress[] => {
    const definition = registry.get(connection.provider, instanceOf(connection));
    return definition.ok ? apiAddresses(definition.value, connection) : [];
  };

  async function throughGateway(
    run: StartedRun,
    connection: ConnectionRecord,
  ): Promise<Result<RunVariables>> {
    // Only once it listens: at its port may be another program, which would be sent the key.
    const url = run.isolated
      ? await options.gatewayOfRuns.open(consumerOf(run))
      : await whenListening(options.gateway, options.clock);
    if (!url.ok) return url;
    const base = `${url.value}/${addressName(connection)}`;
    const realApis = addressesOf(connection);
    const apis = realApis.map((api) => ({ ...api, url: `${base}/${api.id}` }));
    const given = variablesFor(run, connection, { through: 'gateway', secret: run.key, apis, realApis });
    if (!given.ok) return given;
    return ok({
      variables: [
        ...given.value,
        { name: 'TOKENTRAY_GATEWAY_URL', value: base, secret: false },
        { name: 'TOKENTRAY_GATEWAY_KEY', value: run.key, secret: true },
      ],
      removed: removedFor(given.value),
      notes: [],
    });
  }

  async function throughProxy(run: StartedRun, connection: ConnectionRecord): Promise<Result<RunVariables>> {
    const apis = addressesOf(connection).map((api) => ({ ...api, url: services.realAddress(api.url) }));
    const given = variablesFor(run, connection, {
      ...{ through: 'proxy', secret: PLACEHOLDER },
      ...{ apis, realApis: apis },
    });
    if (!given.ok) return given;
    const ids = run.connections.map(({ id }) => id);
    proxies ??= loadProxies();
    const started = await (await proxies).start(consumerOf(run), ids, run.isolated);
    if (!started.ok) return started;
    return ok({
      variables: [...given.value, ...proxyVariables({ ...started.value, key: run.key })],
      removed: [...NOT_INHERITED_BY_PROXY, ...removedFor(given.value)],
      notes: proxyNotes(run.program, options.platform),
    });
  }

  /** A connection that the usual preset has nothing for can be asked all the same; a preset that somebody named has to fit. */
  function variablesFor(
    { preset: named }: StartedRun,
    connection: ConnectionRecord,
    through: Through,
  ): Result<RunVariables['variables']> {
    const preset = presets.get(named ?? 'atlassian');
    if (!preset.ok) return preset;
    const given = presetVariables(preset.value, connection, through);
    return given.ok || named !== undefined ? given : ok([]);
  }

  /** What a program may have inherited that carries a credential of ours, or says where one is. */
  function removedFor(given: RunVariables['variables']): string[] {
    const names = new Set<string>(given.map(({ name }) => name));
    const ours = presets.list().presets.flatMap(writtenBy);
    return [...new Set([...NOT_INHERITED_BY_RUNS, ...ours])].filter((name) => !names.has(name));
  }

  function consumerOf({ key }: StartedRun) {
    const consumer = consumers.authenticate(key);
    if (consumer === null) throw new Error('a run begins with its key');
    return consumer.id;
  }

  return {
    giveVariables: async (run) => {
      const [first] = run.connections;
      if (first === undefined) return fail('not-found', 'A run needs a connection.');
      const given = await (run.through === 'proxy' ? throughProxy(run, first) : throughGateway(run, first));
      if (!given.ok) return given;
      holds.began(consumerOf(run));
      if (run.isolated) isolatedRuns.add(consumerOf(run));
      return given;
    },
    hold: (run) => holds.hold(run),
    forgetSecrets: () => {
      void proxies?.then((loaded) => {
        loaded.forgetSecrets();
      });
    },
    dispose: () => parts.dispose(),
  };
}
