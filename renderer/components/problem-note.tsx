import type { Failure } from '../../contract/errors.ts';
import css from './failure-note.module.css';
import { StateShape } from './state-shape.tsx';

/** What is wrong and what to do about it, for what stands there already: not read out, and nothing moves for it. */
export function ProblemNote({ problem }: { problem: Pick<Failure, 'message' | 'hint'> }) {
  return (
    <div className={css['note']}>
      <span className={css['mark']}>
        <StateShape shape="▲" />
      </span>
      <span className={css['message']}>{problem.message}</span>
      {problem.hint !== undefined && <span className={css['hint']}>{problem.hint}</span>}
    </div>
  );
}
