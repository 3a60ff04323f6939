import type { ConnectionView } from '../../../contract/connection.ts';
import { useApp } from '../../store/use-app.ts';
import { permissionWords } from '../../view/permission-choice.ts';
import { fewerScopes } from '../../view/scope-choice.ts';
import css from './fewer-permissions.module.css';

/** Most permissions that are listed. */
const LISTED = 4;

/** A quiet hint where a connection has fewer permissions than a new one would get. */
export function FewerPermissions({ connection }: { connection: ConnectionView }) {
  const provider = useApp((state) => state.providers.find(({ id }) => id === connection.provider));
  const openDialog = useApp((state) => state.openDialog);
  const fewer = provider === undefined ? null : fewerScopes(connection, provider);
  if (fewer === null) return null;
  const { lacking, notice } = fewer;
  const more = lacking.length - LISTED;
  return (
    <p className={css['hint']}>
      This connection has fewer permissions than the default. Missing:{' '}
      {lacking
        .slice(0, LISTED)
        .map((scope) => permissionWords(scope, provider))
        .join('; ')}
      {more > 0 && `; ${more} more`}.{notice !== null && ` ${notice}`}{' '}
      <button
        type="button"
        className={css['link']}
        onClick={() => {
          openDialog({ kind: 'request-permissions', connection: connection.id });
        }}
      >
        Reconnect to add them…
      </button>
    </p>
  );
}
