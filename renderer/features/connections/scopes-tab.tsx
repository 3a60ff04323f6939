import type { ConnectionView } from '../../../contract/connection.ts';
import { Button } from '../../components/button.tsx';
import { HintText } from '../../components/hint-text.tsx';
import { StateShape } from '../../components/state-shape.tsx';
import { useApp } from '../../store/use-app.ts';
import { asksForScopes, wayOf } from '../../view/method-words.ts';
import { permissionGroups, type PermissionLine } from '../../view/permission-groups.ts';
import { FewerPermissions } from './fewer-permissions.tsx';
import css from './scopes-tab.module.css';

function Line({ connection, line }: { connection: ConnectionView; line: PermissionLine }) {
  const reconnect = useApp((state) => state.reconnect);
  const { scope, description, shape, word, tone } = line;
  const requestable = connection.method === 'oauth2' && connection.grant !== 'client-credentials';
  return (
    <li data-tone={tone}>
      <span className={css['mark']}>
        <StateShape shape={shape} />
      </span>
      <span>
        <code>{scope}</code>
        <span className={css['about']}>{description}</span>
      </span>
      <span className={css['standing']}>{word}</span>
      {tone === 'bad' && requestable && (
        <span className={css['request']}>
          <Button
            aria-label={`Request ${scope}…`}
            onClick={() =>
              void reconnect(connection.id, [...new Set([...connection.requestedScopes, scope])])
            }
          >
            Request this permission…
          </Button>
        </span>
      )}
    </li>
  );
}

/** What is in the way of permissions, with what to do. */
function Problems({ id }: { id: ConnectionView['id'] }) {
  const results = useApp((state) => state.testResults.get(id));
  const hints = new Set(results?.flatMap(({ ok, hint }) => (ok || hint === undefined ? [] : [hint])));
  return [...hints].map((hint) => (
    <p key={hint} className={css['advice']}>
      <HintText>{hint}</HintText>
    </p>
  ));
}

/** What the credential may do, by API: as granted, and after a test as it really is. */
export function ScopesTab({ connection }: { connection: ConnectionView }) {
  const { id } = connection;
  const provider = useApp((state) => state.providers.find((known) => known.id === connection.provider));
  const tested = useApp((state) => state.testedScopes.get(id));
  const testing = useApp((state) => state.pending.has(`test:${id}`));
  const test = useApp((state) => state.test);
  const openDialog = useApp((state) => state.openDialog);
  const groups = permissionGroups(connection, provider, tested);
  return (
    <>
      <div className={css['head']}>
        <p className={css['summary']}>{summary(groups.length === 0, tested !== undefined)}</p>
        <Button busy={testing} onClick={() => void test(id)}>
          {testing ? 'Testing…' : 'Test now'}
        </Button>
      </div>
      <FewerPermissions connection={connection} />
      <Problems id={id} />
      {asksForScopes(wayOf(connection)) && (
        <p className={css['other']}>
          <Button
            onClick={() => {
              openDialog({ kind: 'request-permissions', connection: id });
            }}
          >
            Request other permissions…
          </Button>
        </p>
      )}
      {groups.map(({ name, lines }) => (
        <section key={name} className={css['group']} aria-label={name}>
          <h3>{name}</h3>
          <ul className={css['lines']} aria-label={`Permissions of ${name}`}>
            {lines.map((line) => (
              <Line key={line.scope} connection={connection} line={line} />
            ))}
          </ul>
        </section>
      ))}
    </>
  );
}

function summary(empty: boolean, tested: boolean): string {
  if (tested)
    return empty
      ? 'The test found no permissions that can be told apart.'
      : 'As the test found it. Permissions to change things are not tried.';
  return empty
    ? 'This kind of credential does not list its permissions. Test it to find out.'
    : 'As the provider granted it. Test to see what really works.';
}
