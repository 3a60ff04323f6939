import type { UpdateState } from '../../../contract/updates.ts';
import { Button } from '../../components/button.tsx';
import { StateShape } from '../../components/state-shape.tsx';
import { useApp } from '../../store/use-app.ts';
import { updateWords } from '../../view/update-words.ts';
import css from './settings-section.module.css';

/** Updates of the app itself: nothing is downloaded or installed without the user's click. */
export function Updates({ updates }: { updates: UpdateState }) {
  const update = useApp((state) => state.update);
  const { text, hint, next } = updateWords(updates);
  return (
    <>
      {/* Announcing each percent would be too much. */}
      <p aria-live={updates.state === 'downloading' ? 'off' : 'polite'}>
        {updates.state === 'failed' && (
          <span className={css['failed']}>
            <StateShape shape="▲" />{' '}
          </span>
        )}
        {text} {hint !== undefined && <span className={css['note']}>{hint}</span>}
      </p>
      {updates.state === 'downloading' && (
        <progress className={css['progress']} max={100} value={updates.percent} aria-label="Download" />
      )}
      {next !== null && (
        <div>
          {/* Busy rather than removed, so that it keeps the focus. */}
          <Button busy={next.busy ?? false} onClick={() => void update(next.step)}>
            {next.label}
          </Button>
        </div>
      )}
    </>
  );
}
