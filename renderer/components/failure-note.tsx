import { useEffect, useRef } from 'react';
import type { Failure } from '../../contract/errors.ts';
import { StateShape } from './state-shape.tsx';
import css from './failure-note.module.css';

/** A failure where it happened: what, whose fault, what to do. Read out at once. */
export function FailureNote({ failure }: { failure: Pick<Failure, 'message' | 'hint'> | null }) {
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    // In a low window it would stand below what is seen of a dialog.
    if (failure !== null) place.current?.scrollIntoView({ block: 'nearest' });
  }, [failure]);
  return (
    <div ref={place} role="alert" className={css['place']}>
      {failure !== null && (
        <div className={css['note']}>
          <span className={css['mark']}>
            <StateShape shape="▲" />
          </span>
          <span className={css['message']}>{failure.message}</span>
          {failure.hint !== undefined && <span className={css['hint']}>{failure.hint}</span>}
        </div>
      )}
    </div>
  );
}
