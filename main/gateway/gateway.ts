import type { CallInput, CallOutput } from '../../contract/calls.ts';
import type { GatewayView, Rules } from '../../contract/gateway.ts';
import { ConsumerId, type ConnectionId } from '../../contract/ids.ts';
import type { Connections } from '../connections/ports.ts';
import { nearestOperation, unknownOperations } from '../consumers/rules/explain.ts';
import type { Consumer, Consumers, HeldRequests, RuleBook, Traffic } from '../consumers/ports.ts';
import type { ApiAddress } from '../credentials/addresses.ts';
import { isoTime, type Clock } from '../lib/clock.ts';
import { DisposableStack } from '../lib/disposable.ts';
import { Emitter } from '../lib/emitter.ts';
import { fail, ok, type Result } from '../lib/result.ts';
import { expiryDate } from '../signin/expiry-date.ts';
import type { ActivityStore, SettingsStore } from '../store/ports.ts';
import type { ConnectionRecord } from '../store/records.ts';
import { consumerView, ruleViews } from './consumer-views.ts';
import type { Door, Gateway } from './ports.ts';
import { addressName } from './address-name.ts';
import { plainRunVariables, type GiveRunVariables } from './run-variables.ts';

export interface GatewayDependencies {
  readonly consumers: Consumers;
  readonly held: HeldRequests;
  readonly traffic: Traffic;
  readonly ruleBook: RuleBook;
  readonly connections: Pick<Connections, 'resolve'>;
  /** Every connection, as it is stored. */
  readonly records: () => readonly ConnectionRecord[];
  readonly record: (id: ConnectionId) => ConnectionRecord | null;
  readonly addresses: (connection: ConnectionRecord) => readonly ApiAddress[];
  readonly activity: Pick<ActivityStore, 'append'>;
  readonly settings: Pick<SettingsStore, 'get' | 'onChange'>;
  readonly clock: Clock;
  /** Null: it does not listen in this core. */
  readonly doors?: { readonly gateway: Door | null; readonly mcp: Door | null };
  readonly runVariables?: GiveRunVariables;
  /** Where the gateway would listen. */
  readonly port?: () => number;
}

/** A run without rules may do what the connections' own rules allow. */
const EVERYTHING: Rules = [{ then: 'allow' }];

const CLOSED = { url: null, fault: null };

/** Brings consumers, rules, doors and runs together for the calls. */
export function createGateway(given: GatewayDependencies): Gateway {
  const { consumers, held, traffic, ruleBook, connections, activity, settings, clock } = given;
  const { doors = { gateway: null, mcp: null }, runVariables = plainRunVariables } = given;
  const { port = () => settings.get().gatewayPort } = given;
  const changed = new Emitter<void>();
  const subscriptions = new DisposableStack();
  const emitChange = (): void => {
    changed.emit();
  };
  subscriptions.add(consumers.onChange(emitChange));
  for (const door of [doors.gateway, doors.mcp])
    if (door !== null) subscriptions.add(door.onChange(emitChange));
  let { gatewayPort } = settings.get();
  subscriptions.add(
    settings.onChange((now) => {
      if (now.gatewayPort === gatewayPort) return;
      ({ gatewayPort } = now);
      emitChange();
    }),
  );
  const shown = new Map(given.records().map((record) => [record.id, shownOf(record)]));
  const gatewayUrl = (): string => doors.gateway?.state.url ?? `http://127.0.0.1:${port()}`;

  const log = (event: string, message: string, connection: ConnectionId | null = null): void => {
    activity.append({
      ...{ at: isoTime(clock.now()), level: 'info', event: `gateway.${event}` },
      ...{ message, connection, export: null },
    });
  };

  const resolveAll = (references: readonly string[]): Result<ConnectionRecord[]> => {
    const found = new Map<ConnectionId, ConnectionRecord>();
    for (const reference of references) {
      const connection = connections.resolve(reference);
      if (!connection.ok) return connection;
      found.set(connection.value.id, connection.value);
    }
    return ok([...found.values()]);
  };

  const idsOf = (references: readonly string[] | null | undefined): Result<Set<ConnectionId> | null> => {
    if (references === null || references === undefined) return ok(null);
    const found = resolveAll(references);
    return found.ok ? ok(new Set(found.value.map(({ id }) => id))) : found;
  };

  /** Keys and rules outlive a removed connection for as long as it can be put back. */
  const isThere = (id: ConnectionId): boolean => given.record(id) !== null;

  const view = (): GatewayView => ({
    gateway: doors.gateway?.state ?? CLOSED,
    mcp: doors.mcp?.state ?? CLOSED,
    consumers: consumers.list().map((consumer) => consumerView(consumer, ruleBook, isThere)),
    held: [...held.list()],
    connectionRules: consumers
      .ruledConnections()
      .filter(isThere)
      .map((connection) => ({
        connection,
        rules: ruleViews(consumers.connectionRules(connection) ?? [], ruleBook),
      })),
    addresses: given.records().flatMap((connection) =>
      given.addresses(connection).map(({ id: api, name }) => ({
        ...{ connection: connection.id, api, name },
        url: `${gatewayUrl()}/${addressName(connection)}/${api}`,
      })),
    ),
  });

  const add = (input: CallInput<'gateway.add'>): Result<CallOutput<'gateway.add'>> => {
    const rules = checkedRules(input.rules);
    if (!rules.ok) return rules;
    const reached = idsOf(input.connections);
    if (!reached.ok) return reached;
    const expiresAt = expiryDate(input.expires ?? '', clock.now());
    if (!expiresAt.ok) return expiresAt;
    const { name, limits = {} } = input;
    const added = consumers.add({
      ...{ kind: 'key', name, connections: reached.value, rules: rules.value, limits },
      ...{ expiresAt: expiresAt.value, client: null },
    });
    if (!added.ok) return added;
    const { consumer, key } = added.value;
    log('key-added', `The gateway key “${consumer.name}” was created.`);
    return ok({ consumer: consumerView(consumer, ruleBook, isThere), key });
  };

  const change = (input: CallInput<'gateway.change'>): Result<CallOutput<'gateway.change'>> => {
    const found = consumers.resolve(input.consumer);
    if (!found.ok) return found;
    const rules = input.rules === undefined ? ok(undefined) : checkedRules(input.rules);
    if (!rules.ok) return rules;
    const reached = idsOf(input.connections);
    if (!reached.ok) return reached;
    const expiresAt = expiryDate(input.expires ?? '', clock.now());
    if (!expiresAt.ok) return expiresAt;
    const saved = consumers.change(found.value.id, {
      ...(input.name === undefined ? {} : { name: input.name }),
      ...(rules.value === undefined ? {} : { rules: rules.value }),
      ...(input.limits === undefined ? {} : { limits: input.limits }),
      ...(input.connections === undefined ? {} : { connections: reached.value }),
      ...(input.expires === undefined ? {} : { expiresAt: expiresAt.value }),
    });
    if (!saved.ok) return saved;
    log('key-changed', changeWords(found.value, saved.value));
    return ok(consumerView(saved.value, ruleBook, isThere));
  };

  const beginRun = async (
    input: CallInput<'gateway.begin-run'>,
  ): Promise<Result<CallOutput<'gateway.begin-run'>>> => {
    const rules = checkedRules(input.rules ?? EVERYTHING);
    if (!rules.ok) return rules;
    const found =
      input.connections === undefined
        ? asList(connections.resolve(undefined, { folder: input.folder }))
        : resolveAll(input.connections);
    if (!found.ok) return found;
    const added = consumers.add({
      ...{ kind: 'run', name: input.program, connections: new Set(found.value.map(({ id }) => id)) },
      ...{ rules: rules.value, limits: {}, expiresAt: null, client: null },
    });
    if (!added.ok) return added;
    const { consumer, key } = added.value;
    const { through, preset } = input;
    try {
      const given = await runVariables({
        ...{ key, connections: found.value, through, preset, gatewayUrl: gatewayUrl() },
        ...{ isolated: input.isolated ?? false, program: input.program },
      });
      if (given.ok) return ok({ run: consumer.id, ...given.value });
      consumers.remove(consumer.id);
      return given;
    } catch (fault) {
      consumers.remove(consumer.id);
      throw fault;
    }
  };

  /** Whose requests are meant: also those of one that is gone, by its id. */
  function askedOf(reference: string): Result<ConsumerId> {
    const found = consumers.resolve(reference);
    if (found.ok) return ok(found.value.id);
    const { data: gone } = ConsumerId.safeParse(reference);
    if (gone === undefined) return found;
    const asked =
      traffic.list({ limit: 1, consumer: gone }).length + traffic.usage({ consumer: gone, since: 0 }).length;
    return asked > 0 ? ok(gone) : found;
  }

  return {
    onChange: changed.event,
    onHeld: held.onChange,
    onTraffic: (listener) =>
      traffic.onEntries((entries) => {
        listener([...entries]);
      }),
    view,
    operations: () => ({ operations: ruleBook.operations() }),
    explain: (input) => ruleBook.explain(input),
    add: (input) => Promise.resolve(add(input)),
    change,
    remove: ({ consumer: reference }) => {
      const found = consumers.resolve(reference);
      if (!found.ok) return found;
      const { id, name, kind } = found.value;
      const removed = consumers.remove(id);
      if (!removed.ok) return removed;
      if (kind !== 'run') log('key-removed', `The gateway key “${name}” was removed.`);
      return ok({ id });
    },
    setConnectionRules: ({ connection: reference, rules }) => {
      const connection = connections.resolve(reference);
      if (!connection.ok) return connection;
      const checked = rules === null ? ok(null) : checkedRules(rules);
      if (!checked.ok) return checked;
      const { id, name } = connection.value;
      const saved = consumers.setConnectionRules(id, checked.value);
      if (!saved.ok) return saved;
      const what = rules === null ? 'has no rules of its own any more' : 'has new rules';
      log('rules-changed', `“${name}” ${what}.`, id);
      return ok(view());
    },
    decide: ({ request, decision, lasts }) => {
      const decided = held.decide(request, decision, lasts);
      return decided.ok ? ok({}) : decided;
    },
    traffic: ({ limit = 100, before, consumer, connection }) => {
      const who = consumer === undefined ? ok(undefined) : askedOf(consumer);
      if (!who.ok) return who;
      const where = connection === undefined ? ok(undefined) : connections.resolve(connection);
      if (!where.ok) return where;
      return ok({
        entries: traffic.list({
          limit,
          ...(before === undefined ? {} : { before }),
          ...(who.value === undefined ? {} : { consumer: who.value }),
          ...(where.value === undefined ? {} : { connection: where.value.id }),
        }),
      });
    },
    usage: ({ consumer, since }) => {
      const who = consumer === undefined ? ok(undefined) : askedOf(consumer);
      if (!who.ok) return who;
      const from = since === undefined ? 0 : Date.parse(since);
      return ok({
        usage: traffic.usage({
          ...(who.value === undefined ? {} : { consumer: who.value }),
          since: from,
        }),
      });
    },
    beginRun,
    endRun: ({ run }) => {
      // One that has ended already is what the caller wants.
      const found = consumers.resolve(run);
      if (found.ok && found.value.kind === 'run') consumers.remove(found.value.id);
      return ok({});
    },
    connectionChanged: (id) => {
      const record = given.record(id);
      const now = record === null ? undefined : shownOf(record);
      const before = shown.get(id);
      if (now === undefined) {
        if (shown.delete(id)) emitChange();
      } else if (now !== before) {
        shown.set(id, now);
        emitChange();
      }
    },
    connectionPurged: (id) => {
      consumers.connectionPurged(id);
    },
    dispose: () => subscriptions.dispose(),
  };
}

/** What of a connection the view depends on, as text: each refresh changes a connection, and hardly ever this. */
const shownOf = ({ name, provider, method, site, route, grant }: ConnectionRecord): string =>
  JSON.stringify([name, provider, method, site, route, grant]);

/** Refuses an operation that does not exist: its rule would do something else than it says. */
function checkedRules(rules: Rules): Result<Rules> {
  const [unknown] = unknownOperations(rules);
  if (unknown === undefined) return ok(rules);
  return fail(
    'invalid-input',
    `There is no operation “${unknown}” that a rule could name.`,
    `The nearest is “${nearestOperation(unknown)}”.`,
  );
}

function changeWords(old: Consumer, now: Consumer): string {
  if (old.name !== now.name) return `The gateway key “${old.name}” is now called “${now.name}”.`;
  return `The gateway key “${now.name}” was changed.`;
}

const asList = (found: Result<ConnectionRecord>): Result<ConnectionRecord[]> =>
  found.ok ? ok([found.value]) : found;
