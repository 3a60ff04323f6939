import type { ConnectionView } from '../../../contract/connection.ts';
import { validityWords } from '../../../contract/validity-words.ts';
import { HintText } from '../../components/hint-text.tsx';
import { useApp } from '../../store/use-app.ts';
import { permissionWords } from '../../view/permission-choice.ts';
import { inlineAction, stateHint, stateSentence } from '../../view/state-reasons.ts';
import css from './overview.module.css';

/** What the person can do about it, if the buttons above do something else. */
function InlineAction({ connection, now }: { connection: ConnectionView; now: number }) {
  const { id } = connection;
  const refresh = useApp((state) => state.refresh);
  const setPaused = useApp((state) => state.setPaused);
  const changeSettings = useApp((state) => state.changeSettings);
  const refreshing = useApp((state) => state.pending.has(`refresh:${id}`));
  const action = inlineAction(connection, now);
  if (action === null) return null;
  const { label, run } = {
    refresh: { label: refreshing ? 'Trying…' : 'Try now', run: () => void refresh(id) },
    resume: { label: 'Resume', run: () => void setPaused(id, false) },
    'resume-all': { label: 'Resume all', run: () => void changeSettings({ refreshingPaused: false }) },
  }[action];
  return (
    <button
      type="button"
      className={css['inline']}
      aria-disabled={(action === 'refresh' && refreshing) || undefined}
      onClick={run}
    >
      {label}
    </button>
  );
}

/** The one line that says whether it works; below it why, and what to do. */
export function Standing({ connection, now }: { connection: ConnectionView; now: number }) {
  const keychain = useApp((state) => state.status?.keychain.state);
  const { lead, then } = validityWords(connection, now, keychain);
  const provider = useApp((state) => state.providers.find(({ id }) => id === connection.provider));
  const sentence = stateSentence(connection, now, (scope) => permissionWords(scope, provider));
  const hint = stateHint(connection);
  return (
    <div className={css['standing']}>
      <p className={css['validity']}>
        <strong>{lead}</strong> {then !== null && <span>· {then}</span>}
      </p>
      {sentence !== null && (
        <p className={css['why']}>
          {sentence} <InlineAction connection={connection} now={now} />
        </p>
      )}
      {hint !== null && (
        <p className={css['hint']}>
          <HintText>{hint}</HintText>
        </p>
      )}
    </div>
  );
}
