import type {
  ConsumerView,
  GatewayView,
  HeldRequestView,
  RuleView,
  TrafficEntry,
} from '../../contract/gateway.ts';
import type { Runtime } from '../runtime.ts';
import { plain } from './plain.ts';
import { programLines } from './programs.ts';
import { printTable } from './print-table.ts';
import { table } from './table.ts';
import { localTime, relative } from './time.ts';

export type Names = ReadonlyMap<string, string>;

/** Prints consumers, with their rules in words. */
export function showConsumers(
  { context, out, print }: Runtime,
  consumers: readonly ConsumerView[],
  names: Names,
): void {
  const now = context.clock.now();
  const rows = consumers.map((consumer) => [
    plain(consumer.name),
    KINDS[consumer.kind],
    plain(connectionsOf(consumer, names)),
    consumer.lastUsedAt === null ? 'never' : relative(consumer.lastUsedAt, now),
    consumer.expiresAt === null ? 'never' : localTime(consumer.expiresAt),
    out.dim(`${consumer.keyStart}…`),
  ]);
  const headings = ['NAME', 'KIND', 'CONNECTIONS', 'LAST USED', 'EXPIRES', 'KEY'].map((text) =>
    out.dim(text),
  );
  printTable({ context, print }, headings, rows);
  for (const { name, rules, limits } of consumers) {
    print('');
    print(`${plain(name)}:`);
    for (const line of [...rules.map(({ words }) => words), ...limitWords(limits)]) print(`- ${plain(line)}`);
    if (rules.length === 0) print('- Refuse everything.');
  }
}

/** Limits of a consumer, in words. Pure. */
const limitWords = ({ requestsPerMinute, atOnce }: ConsumerView['limits']): string[] => [
  ...(requestsPerMinute === undefined ? [] : [`At most ${requestsPerMinute} requests a minute.`]),
  ...(atOnce === undefined ? [] : [`At most ${atOnce} requests at once.`]),
];

const KINDS: Readonly<Record<ConsumerView['kind'], string>> = {
  key: 'key',
  run: 'run',
  'mcp-client': 'MCP client',
  remote: 'remote key',
};

/** Names of the connections that a consumer may use. Pure. */
export const connectionsOf = ({ connections }: ConsumerView, names: Names): string =>
  connections === null
    ? 'all'
    : connections.length === 0
      ? 'none'
      : connections.map((id) => names.get(id) ?? id).join(', ');

/** Says on stderr at which addresses connections are reached, and what keeps the gateway from listening. */
export function showAddresses(
  runtime: Runtime,
  addresses: GatewayView['addresses'],
  { fault }: GatewayView['gateway'],
  names: Names,
  /** Where they are not what the command is asked for: on stderr. */
  line = runtime.print,
): void {
  showFault(runtime, fault);
  const rows = addresses.map(({ connection, name, url }) => [
    plain(names.get(connection) ?? connection),
    plain(name),
    plain(url),
  ]);
  for (const row of table(rows)) line(row);
}

/** Says on stderr why a door does not listen. */
export function showFault({ log, err }: Runtime, fault: GatewayView['gateway']['fault']): void {
  if (fault === null) return;
  log(`${err.bad('▲')} ${plain(fault.message)}`);
  if (fault.hint !== undefined) log(`    ${plain(fault.hint)}`);
}

/** Those that a consumer may use. Pure. */
export const addressesOf = (
  { connections }: ConsumerView,
  addresses: GatewayView['addresses'],
): GatewayView['addresses'] =>
  addresses.filter(({ connection }) => connections === null || connections.includes(connection));

export function showRules({ print }: Runtime, rules: readonly RuleView[]): void {
  for (const { words } of rules) print(`- ${plain(words)}`);
}

export function showHeld({ context, out, print }: Runtime, held: readonly HeldRequestView[]): void {
  const now = context.clock.now();
  const rows = held.map(({ id, consumer, connection, summary, until }) => [
    id,
    plain(consumer.name),
    plain(connection.name),
    plain(summary),
    relative(until, now),
  ]);
  const headings = ['ID', 'FOR', 'CONNECTION', 'REQUEST', 'ENDS'].map((text) => out.dim(text));
  printTable({ context, print }, headings, rows);
  for (const { program } of held) {
    if (program === undefined) continue;
    print('');
    print(`${plain(program.name)}:`);
    for (const line of programLines(program)) print(`- ${line}`);
  }
}

/** One line. */
export function showRequest({ print, out }: Runtime, entry: TrafficEntry, names: Names): void {
  const { at, consumer, connection, api, method, path, status, durationMs, decision, reason } = entry;
  const went = decision === 'allowed' || decision === 'approved';
  const code = status === 0 ? '–' : String(status);
  const why = went || reason === null ? '' : `  ${plain(reason)}`;
  // Nothing that was refused at the door was for a connection.
  const where = connection === null ? '–' : `${names.get(connection) ?? connection} ${api ?? ''}`.trim();
  print(
    `${out.dim(localTime(at))} ${went ? code : out.warn(code)} ${plain(consumer?.name ?? '–')}  ${plain(where)}  ${plain(method)} ${plain(path)} ${out.dim(`${Math.round(durationMs)} ms`)}${why}`,
  );
}
