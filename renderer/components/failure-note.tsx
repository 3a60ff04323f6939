import { useEffect, useRef } from 'react';
import type { Failure } from '../../contract/errors.ts';
import css from './failure-note.module.css';
import { ProblemNote } from './problem-note.tsx';

/** A failure, shown where it happened: what, whose fault, what to do. Announced immediately. */
export function FailureNote({ failure }: { failure: Pick<Failure, 'message' | 'hint'> | null }) {
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    // In a low window it could be below the visible part of a dialog.
    if (failure !== null) place.current?.scrollIntoView({ block: 'nearest' });
  }, [failure]);
  return (
    <div ref={place} role="alert" className={css['place']}>
      {failure !== null && <ProblemNote problem={failure} />}
    </div>
  );
}
