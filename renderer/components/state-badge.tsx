import type { Badge } from '../view/state-words.ts';
import css from './state-badge.module.css';
import { StateShape } from './state-shape.tsx';

/** A state as shape and word; colour is only an addition. */
export function StateBadge({ badge }: { badge: Badge }) {
  return (
    <span className={`${css['badge'] ?? ''} ${css[badge.tone] ?? ''}`}>
      <StateShape shape={badge.shape} />
      {badge.word}
    </span>
  );
}
