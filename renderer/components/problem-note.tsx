import type { Failure } from '../../contract/errors.ts';
import css from './failure-note.module.css';
import { HintText } from './hint-text.tsx';
import { StateShape } from './state-shape.tsx';

/** A problem and what to do about it, where it is part of the page from the start: not announced, and nothing scrolls to it. */
export function ProblemNote({ problem }: { problem: Pick<Failure, 'message' | 'hint'> }) {
  return (
    <div className={css['note']}>
      <span className={css['mark']}>
        <StateShape shape="▲" />
      </span>
      <span className={css['message']}>{problem.message}</span>
      {problem.hint !== undefined && (
        <span className={css['hint']}>
          <HintText>{problem.hint}</HintText>
        </span>
      )}
    </div>
  );
}
