import type { CallOutput } from '../../contract/calls.ts';

type Env = CallOutput<'credentials.env'>;
export type Variable = Env['variables'][number];

export interface MergedVariables {
  variables: Variable[];
  /** Those that several connections set. */
  collisions: string[];
  /** Whose the plain names are, and what all of theirs are also called, where there are collisions. */
  prefixes: { connection: string; prefix: string }[];
}

/**
 * The variables of several connections at once. Of names that collide, the first connection keeps the plain ones; each of
 * those that collide has all of its variables also under its own name: `BETA_ATLASSIAN_ACCESS_TOKEN`. Pure.
 */
export function mergeVariables(given: readonly Pick<Env, 'connection' | 'variables'>[]): MergedVariables {
  const sets = given.filter(
    ({ connection }, index) => given.findIndex((other) => other.connection.id === connection.id) === index,
  );
  const counts = new Map<string, number>();
  for (const { variables } of sets)
    for (const { name } of variables) counts.set(name, (counts.get(name) ?? 0) + 1);
  const collisions = [...counts].flatMap(([name, count]) => (count > 1 ? [name] : []));
  const merged = new Map<string, Variable>();
  for (const variable of sets.flatMap(({ variables }) => variables))
    if (!merged.has(variable.name)) merged.set(variable.name, variable);
  const prefixes: MergedVariables['prefixes'] = [];
  for (const { connection, variables } of sets) {
    if (!variables.some(({ name }) => collisions.includes(name))) continue;
    const prefix = freePrefix(prefixOf(connection.name), prefixes);
    prefixes.push({ connection: connection.name, prefix });
    for (const variable of variables) {
      const name = prefix + variable.name;
      if (!merged.has(name)) merged.set(name, { ...variable, name });
    }
  }
  return { variables: [...merged.values()], collisions, prefixes };
}

/** A connection's name as the beginning of names that every shell takes: `Ana’s Jira` → `ANA_S_JIRA_`. */
export function prefixOf(connection: string): string {
  const words = connection
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .toUpperCase()
    .replace(/[^A-Z0-9]+/g, '_')
    .replace(/^_+|_+$/g, '');
  if (words === '') return 'CONNECTION_';
  return /^[0-9]/.test(words) ? `_${words}_` : `${words}_`;
}

function freePrefix(wanted: string, taken: MergedVariables['prefixes']): string {
  const isTaken = (prefix: string): boolean => taken.some((other) => other.prefix === prefix);
  if (!isTaken(wanted)) return wanted;
  for (let count = 2; ; count += 1) if (!isTaken(`${wanted}${count}_`)) return `${wanted}${count}_`;
}
