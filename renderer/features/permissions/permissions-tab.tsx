import type { ConnectionView } from '../../../contract/connection.ts';
import { Button } from '../../components/button.tsx';
import { HintText } from '../../components/hint-text.tsx';
import { StateShape } from '../../components/state-shape.tsx';
import { useApp } from '../../store/use-app.ts';
import { asksForScopes, wayOf } from '../../view/method-words.ts';
import { grantCount, permissionGroups, type PermissionLine } from '../../view/permission-groups.ts';
import { FewerPermissions } from '../connections/fewer-permissions.tsx';
import { MissingPermissions } from './missing-permissions.tsx';
import css from './permissions-tab.module.css';

function Line({ line: { scope, description, shape, word, tone } }: { line: PermissionLine }) {
  return (
    <li data-tone={tone}>
      <span className={css['mark']}>
        <StateShape shape={shape} />
      </span>
      <span className={css['what']}>
        {description !== null && <span>{description}</span>}
        <code>{scope}</code>
      </span>
      <span className={css['standing']}>{word}</span>
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

/** What the credential may do, in words, by API: as granted, and after a test as it really is. */
export function PermissionsTab({ connection }: { connection: ConnectionView }) {
  const { id } = connection;
  const provider = useApp((state) => state.providers.find((known) => known.id === connection.provider));
  const tested = useApp((state) => state.testedScopes.get(id));
  const testing = useApp((state) => state.pending.has(`test:${id}`));
  const test = useApp((state) => state.test);
  const openDialog = useApp((state) => state.openDialog);
  const groups = permissionGroups(connection, provider, tested);
  const lines = groups.flatMap((group) => group.lines);
  const missing = lines.filter(({ tone }) => tone === 'bad');
  return (
    <>
      <div className={css['head']}>
        <div>
          {lines.length > 0 && <p className={css['count']}>{grantCount(lines)}</p>}
          <p className={css['summary']}>{summary(groups.length === 0, tested !== undefined)}</p>
        </div>
        <Button busy={testing} onClick={() => void test(id)}>
          {testing ? 'Testing…' : 'Test now'}
        </Button>
        {asksForScopes(wayOf(connection)) && (
          <Button
            onClick={() => {
              openDialog({ kind: 'request-permissions', connection: id });
            }}
          >
            Change permissions…
          </Button>
        )}
      </div>
      <MissingPermissions connection={connection} provider={provider} missing={missing} />
      <Problems id={id} />
      <FewerPermissions connection={connection} />
      {groups.map((group) => (
        <section key={group.name} className={css['group']} aria-label={group.name}>
          <h3>{group.name}</h3>
          <ul className={css['lines']} aria-label={`Permissions of ${group.name}`}>
            {group.lines.map((line) => (
              <Line key={line.scope} line={line} />
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
