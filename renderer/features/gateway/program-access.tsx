import type { ConnectionView } from '../../../contract/connection.ts';
import { Choice } from '../../components/field.tsx';
import { useApp } from '../../store/use-app.ts';
import css from './gateway.module.css';
import { Grants, useGrants } from './programs.tsx';

/** Whether programs of this machine need the person's approval for a connection, and what was answered. */
export function ProgramAccess({ connection: { id, name, approval } }: { connection: ConnectionView }) {
  const set = useApp((state) => state.setApproval);
  const grants = useGrants(id);
  return (
    <section className={css['group']} aria-label="Programs on this computer">
      <h2>Programs on this computer</h2>
      <div className={css['choice']}>
        <Choice
          type="checkbox"
          label="Ask me before a program gets its token"
          note="For get, env, run and git on the command line. It is a convenience, not a border: a program of yours that means harm can pass itself off as another one."
          checked={approval === 'ask'}
          onChange={(event) => void set(id, event.target.checked ? 'ask' : 'none')}
        />
      </div>
      {grants.length > 0 && (
        <Grants grants={grants} name={`Programs that were answered about, for ${name}`} />
      )}
    </section>
  );
}
