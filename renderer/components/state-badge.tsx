import type { Badge } from '../view/state-words.ts';
import css from './state-badge.module.css';

/** A state as shape and word; colour only adds. */
export function StateBadge({ badge }: { badge: Badge }) {
  return (
    <span className={`${css['badge'] ?? ''} ${css[badge.tone] ?? ''}`}>
      <span aria-hidden="true">{badge.shape}</span>
      {badge.word}
    </span>
  );
}
