import { useEffect, useState } from 'react';
import type { ConnectionId } from '../../../contract/ids.ts';
import { byKind, DEPENDENT_WORDS, dependentsOf, type MayDepend } from '../../../contract/dependents.ts';
import { useApp } from '../../store/use-app.ts';
import { useShortPath } from '../../store/use-short-path.ts';
import css from './remove-dialog.module.css';

/** What else depends on the connections, known when all of it is. */
function useDependents(): MayDepend | null {
  const connections = useApp((state) => state.connections);
  const exports = useApp((state) => state.exports);
  const gateway = useApp((state) => state.gateway);
  const load = useApp((state) => state.loadDependents);
  const [rest, setRest] = useState<Awaited<ReturnType<typeof load>> | null>(null);
  useEffect(() => {
    let current = true;
    void load().then((loaded) => {
      if (current) setRest(loaded);
    });
    return () => {
      current = false;
    };
  }, [load]);
  return (
    rest && {
      ...rest,
      connections: [...connections.values()],
      exports: [...exports.values()],
      gateway,
    }
  );
}

/** What stops working besides env files when these connections go; nothing where nothing does. */
export function RemovalUses({ ids }: { ids: readonly ConnectionId[] }) {
  const dependents = useDependents();
  const shown = useShortPath();
  if (dependents === null) return null;
  const leaving = new Set<string>(ids);
  const uses = dependents.connections
    .filter(({ id }) => leaving.has(id))
    .flatMap((connection) => dependentsOf(connection, dependents, leaving))
    .filter(({ kind }) => kind !== 'export');
  return byKind(uses).map(({ kind, names }) => (
    <div key={kind}>
      <p id={`uses-${kind}`}>{DEPENDENT_WORDS[kind].title}:</p>
      <ul className={css['names']} aria-labelledby={`uses-${kind}`}>
        {names.map((name) => (
          <li key={name} title={name}>
            {shown.words(name)}
          </li>
        ))}
      </ul>
    </div>
  ));
}
