import type { ConnectionView } from '../../../contract/connection.ts';
import { useApp } from '../../store/use-app.ts';
import css from './connection-detail.module.css';

/** Asked for to stay signed in; providers do not list it among what was granted. */
const NOT_LISTED = 'offline_access';

/** What the token may do, and what was asked for in vain. */
export function ConnectionScopes({ connection }: { connection: ConnectionView }) {
  const known = useApp((state) => state.providers.find(({ id }) => id === connection.provider)?.scopes);
  const describe = (scope: string): string | undefined =>
    known?.find((entry) => entry.scope === scope)?.description;
  const { scopes, requestedScopes } = connection;
  const missing = requestedScopes.filter((scope) => scope !== NOT_LISTED && !scopes.includes(scope));
  if (scopes.length === 0 && missing.length === 0) return null;
  return (
    <section className={css['section']} aria-label="Permissions">
      <h2>Permissions</h2>
      {missing.length > 0 && <p className={css['missing']}>▲ Not granted: {missing.join(', ')}</p>}
      <details className={css['scopes']}>
        <summary>{scopes.length === 1 ? '1 granted' : `${scopes.length} granted`}</summary>
        <ul>
          {scopes.map((scope) => (
            <li key={scope}>
              <code>{scope}</code> <span>{describe(scope)}</span>
            </li>
          ))}
        </ul>
      </details>
    </section>
  );
}
