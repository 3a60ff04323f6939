import type { ConnectionView } from '../../contract/connection.ts';
import { howToObtain } from '../atlassian/obtain-scopes.ts';
import type { ProviderDefinition } from '../providers/definition.ts';
import type { ConnectionRecord } from '../store/records.ts';

/**
 * Says when a connection has only scopes whose calls the service has removed, and none of those that took their place:
 * nothing fails until somebody reads, and then it looks as if nothing were there. Null when there is nothing to say.
 */
export function outdatedScopes(
  connection: ConnectionRecord,
  definition: ProviderDefinition,
): NonNullable<ConnectionView['notice']> | null {
  const { grantedScopes: granted } = connection;
  const outdated = new Set<string>();
  const successors = new Set<string>();
  const names = new Set<string>();
  for (const { name, probes } of definition.apis)
    for (const probe of probes) {
      const had = probe.scopes.filter((scope) => granted.includes(scope));
      if (had.length === 0 || probe.successors.length === 0) continue;
      if (probe.successors.some((scope) => granted.includes(scope))) continue;
      names.add(name);
      for (const scope of had) outdated.add(scope);
      for (const scope of probe.successors) successors.add(scope);
    }
  if (outdated.size === 0) return null;
  return {
    title: 'Outdated permissions',
    message: `${[...names].join(' and ')} removed the calls that ${[...outdated].join(', ')} opened, so they read nothing any more.`,
    hint: howToObtain(connection, definition, [...successors]),
  };
}
