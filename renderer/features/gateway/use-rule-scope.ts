import { useEffect, useMemo } from 'react';
import type { ConnectionId } from '../../../contract/ids.ts';
import { useApp } from '../../store/use-app.ts';
import { apiWords } from '../../view/gateway-words.ts';
import type { RuleScope } from '../../view/rule-choice.ts';

export interface NamedScope extends RuleScope {
  /** Name of each API, such as `Jira`. */
  names: ReadonlyMap<string, string>;
}

/** What rules for these connections (null or none: for all of them) can be about. Null until the operations are loaded. */
export function useRuleScope(ids: readonly ConnectionId[] | null): NamedScope | null {
  const connections = useApp((state) => state.connections);
  const operations = useApp((state) => state.operations);
  const load = useApp((state) => state.loadOperations);
  useEffect(() => void load(), [load]);
  return useMemo(() => {
    if (operations === null) return null;
    const names = new Map<string, string>();
    const any = ids === null || ids.length === 0;
    for (const connection of connections.values())
      if (any || ids.includes(connection.id)) for (const { id, name } of connection.apis) names.set(id, name);
    if (names.size === 0) for (const { api } of operations) names.set(api, apiWords(api));
    const apis = [...names.keys()];
    return { apis, names, operations: operations.filter(({ api }) => names.has(api)) };
  }, [connections, operations, ids]);
}
