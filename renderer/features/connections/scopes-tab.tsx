import type { ConnectionView } from '../../../contract/connection.ts';
import { Button } from '../../components/button.tsx';
import { StateShape } from '../../components/state-shape.tsx';
import { useApp } from '../../store/use-app.ts';
import { asksForScopes, wayOf } from '../../view/method-words.ts';
import { scopeList, scopeSummary, type ScopeLine } from '../../view/scope-list.ts';
import type { Shape } from '../../../contract/remedy.ts';
import { FewerPermissions } from './fewer-permissions.tsx';
import css from './scopes-tab.module.css';

const STANDING: Readonly<Record<ScopeLine['standing'], { shape: Shape; word: string }>> = {
  granted: { shape: '●', word: 'Granted' },
  missing: { shape: '▲', word: 'Not granted' },
  extra: { shape: '●', word: 'Granted without being requested' },
  silent: { shape: '○', word: 'Requested' },
};

/** The permissions of the token: requested, granted, missing. */
export function ScopesTab({ connection }: { connection: ConnectionView }) {
  const known = useApp((state) => state.providers.find(({ id }) => id === connection.provider)?.scopes);
  const openDialog = useApp((state) => state.openDialog);
  const lines = scopeList(connection);
  const missing = lines.some(({ standing }) => standing === 'missing');
  if (lines.length === 0)
    return <p>This kind of credential does not list its permissions. They are set where it was created.</p>;
  return (
    <>
      <FewerPermissions connection={connection} />
      <p className={css['summary']}>{scopeSummary(lines)}</p>
      {missing && (
        <p className={css['advice']}>
          Enable what is missing in the OAuth client’s registration, then reconnect.
        </p>
      )}
      {asksForScopes(wayOf(connection)) && (
        <p className={css['request']}>
          <Button
            onClick={() => {
              openDialog({ kind: 'request-permissions', connection: connection.id });
            }}
          >
            Request other permissions…
          </Button>
        </p>
      )}
      <ul className={css['lines']} aria-label="Scopes">
        {lines.map(({ scope, standing }) => (
          <li key={scope} data-standing={standing}>
            <span className={css['mark']}>
              <StateShape shape={STANDING[standing].shape} />
            </span>
            <span>
              <code>{scope}</code>
              <span className={css['about']}>
                {known?.find((entry) => entry.scope === scope)?.description}
              </span>
            </span>
            <span className={css['standing']}>{STANDING[standing].word}</span>
          </li>
        ))}
      </ul>
    </>
  );
}
