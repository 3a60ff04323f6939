import type { ConnectionView } from '../../../contract/connection.ts';
import { Button } from '../../components/button.tsx';
import { useMinute } from '../../components/minute-clock.ts';
import { useApp } from '../../store/use-app.ts';
import { KIND_WORDS, timesWords } from '../../view/gateway-words.ts';
import { Addresses } from './addresses.tsx';
import { BoundFolders } from './bound-folders.tsx';
import css from './gateway.module.css';
import { ProgramAccess } from './program-access.tsx';
import { RuleSentences } from './rule-sentences.tsx';
import { UseWithGit } from './use-with-git.tsx';

/** Rules of this connection, and who uses it through the gateway. */
export function AccessTab({ connection }: { connection: ConnectionView }) {
  const now = useMinute();
  const { id } = connection;
  const { connectionRules, consumers } = useApp((state) => state.gateway);
  const openDialog = useApp((state) => state.openDialog);
  const rules = connectionRules.find((item) => item.connection === id)?.rules;
  const users = consumers.filter((item) => item.connections?.includes(id) ?? true);
  return (
    <>
      <ProgramAccess connection={connection} />
      <section className={css['group']} aria-label="Rules for everyone">
        <h2>Rules for everyone</h2>
        {rules === undefined ? (
          <p className={css['note']}>None: each key decides by its own rules.</p>
        ) : (
          <div className={css['note']}>
            <RuleSentences rules={rules} name="Rules for everyone" />
          </div>
        )}
        <Button
          onClick={() => {
            openDialog({ kind: 'connection-rules', connection: id });
          }}
        >
          {rules === undefined ? 'Set rules…' : 'Change rules…'}
        </Button>
      </section>
      <section className={css['group']} aria-label="Used by">
        <h2>Used by</h2>
        {users.length === 0 ? (
          <p className={css['note']}>No key may use it.</p>
        ) : (
          <ul aria-label="Used by">
            {users.map((user) => (
              <li key={user.id} className={css['consumer']}>
                <div className={css['title']}>
                  <strong title={user.name}>
                    <bdi>{user.name}</bdi>
                  </strong>
                  <span className={css['dim']}>{KIND_WORDS[user.kind]}</span>
                </div>
                <span className={css['dim']}>{timesWords(user, now)}</span>
              </li>
            ))}
          </ul>
        )}
        <Button
          onClick={() => {
            openDialog({ kind: 'add-key', connection: id });
          }}
        >
          Add key…
        </Button>
      </section>
      <BoundFolders key={id} connection={id} />
      <Addresses connection={id} />
      <UseWithGit connection={connection} />
    </>
  );
}
