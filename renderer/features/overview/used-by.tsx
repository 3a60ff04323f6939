import { FileText, KeyRound, SquareTerminal } from 'lucide-react';
import { useEffect, useMemo, useState } from 'react';
import type { ConnectionView } from '../../../contract/connection.ts';
import { shortPath } from '../../../contract/short-path.ts';
import { Button } from '../../components/button.tsx';
import { StateBadge } from '../../components/state-badge.tsx';
import { useApp, useAppStore } from '../../store/use-app.ts';
import { userHome } from '../../store/use-short-path.ts';
import { usedBy, type ConnectionUser } from '../../view/used-by.ts';
import { goToUser } from './go-to-user.ts';
import css from './overview.module.css';

/** Shown at first; a few more are not worth a button. */
const SHOWN = 6;
const MOST_WITHOUT_BUTTON = 8;
/** Nothing is loaded while the arrow keys only pass over a connection. */
const LOAD_DELAY_MS = 250;

const ICONS = { file: FileText, command: SquareTerminal, key: KeyRound } as const;

function UserName({ user: { folder, name, code } }: { user: ConnectionUser }) {
  if (!code) return <bdi className={css['user']}>{name}</bdi>;
  return (
    <span className={css['user']} title={`${folder}${name}`}>
      {folder !== '' && <bdi className={css['folder']}>{folder}</bdi>}
      <bdi className={css['file']}>{name}</bdi>
    </span>
  );
}

function User({ user }: { user: ConnectionUser }) {
  const store = useAppStore();
  const { icon, state, place } = user;
  const Icon = ICONS[icon];
  const content = (
    <>
      <Icon size={15} aria-hidden />
      <UserName user={user} />
      {'shape' in state ? <StateBadge badge={state} /> : <span className={css['when']}>{state.word}</span>}
    </>
  );
  if (place === null) return <div className={css['use']}>{content}</div>;
  return (
    <button
      type="button"
      className={css['use']}
      onClick={() => {
        goToUser(store, place);
      }}
    >
      {content}
    </button>
  );
}

/** Files, commands, programs and keys that use the connection. */
export function UsedBy({ connection, now }: { connection: ConnectionView; now: number }) {
  const { id } = connection;
  const exports = useApp((state) => state.exports);
  const consumers = useApp((state) => state.gateway.consumers);
  const uses = useApp((state) => (state.uses?.connection === id ? state.uses.list : null));
  const loadUses = useApp((state) => state.loadUses);
  const openDialog = useApp((state) => state.openDialog);
  const home = useApp(userHome);
  const [all, setAll] = useState(false);
  const wanted = uses === null;
  useEffect(() => {
    if (!wanted) return;
    const timer = setTimeout(() => void loadUses(id), LOAD_DELAY_MS);
    return () => {
      clearTimeout(timer);
    };
  }, [wanted, id, loadUses]);
  const { users, note } = useMemo(() => {
    const own = [...exports.values()]
      .filter((item) => item.connection?.id === id)
      .map((item) => ({ ...item, file: shortPath(item.file, home) }));
    return usedBy({ connection, exports: own, uses, consumers }, now);
  }, [connection, exports, uses, consumers, id, now, home]);
  const shown = all || users.length <= MOST_WITHOUT_BUTTON ? users : users.slice(0, SHOWN);
  return (
    <section className={css['group']} aria-labelledby={`used-by-${id}`}>
      <div className={css['heading']}>
        <h3 id={`used-by-${id}`}>Used by</h3>
        {note !== null && <span className={note.bad ? css['bad'] : undefined}>{note.text}</span>}
      </div>
      {users.length === 0 && uses === null ? null : users.length === 0 ? (
        <p className={css['none']}>
          Nothing yet.{' '}
          <button
            type="button"
            className={css['inline']}
            onClick={() => {
              openDialog({ kind: 'add-export', connection: id });
            }}
          >
            Add env file
          </button>
        </p>
      ) : (
        <ul aria-labelledby={`used-by-${id}`}>
          {shown.map((user) => (
            <li key={user.key}>
              <User user={user} />
            </li>
          ))}
        </ul>
      )}
      {shown.length < users.length && (
        <Button
          look="quiet"
          onClick={() => {
            setAll(true);
          }}
        >
          Show all {users.length.toLocaleString()}
        </Button>
      )}
    </section>
  );
}
