import {
  ChevronRight,
  Copy,
  FileText,
  KeyRound,
  Plug,
  Plus,
  Star,
  Trash2,
  Undo2,
  type LucideIcon,
} from 'lucide-react';
import { createElement, type ReactNode } from 'react';
import { StateBadge } from '../../components/state-badge.tsx';
import type { Mark } from '../../view/palette-match.ts';
import type { Found } from '../../view/palette-search.ts';
import { exportBadge } from '../../view/export-badge.ts';
import { connectionBadge, type Badge } from '../../view/state-words.ts';
import { moment } from '../../view/time-words.ts';
import { Keys } from './keys.tsx';
import type { PaletteEntry } from './palette-items.ts';
import css from './palette.module.css';

function iconOf({ group, label, danger }: PaletteEntry): LucideIcon {
  if (group === 'Connections') return Plug;
  if (group === 'Env files') return FileText;
  if (group === 'Gateway keys') return KeyRound;
  if (danger === true) return Trash2;
  if (label.startsWith('Copy ')) return Copy;
  if (/^Make .*active$/.test(label)) return Star;
  if (/^(Add|Connect) /.test(label)) return Plus;
  if (label.startsWith('Undo')) return Undo2;
  return ChevronRight;
}

/** Until when it works, or what is the matter. */
function badgeOf({ connection, file }: PaletteEntry, now: number): Badge | null {
  if (file !== undefined) return exportBadge(file, now);
  if (connection === undefined) return null;
  const badge = connectionBadge(connection, now);
  const { expiresAt, status } = connection;
  return status.state === 'connected' && expiresAt !== null
    ? { ...badge, word: `until ${moment(expiresAt, now)}` }
    : badge;
}

/** The text with what was typed marked in it. */
function Marked({ text, marks }: { text: string; marks: readonly Mark[] }) {
  const parts: ReactNode[] = [];
  let at = 0;
  for (const [from, to] of marks) {
    parts.push(text.slice(at, from), <mark key={from}>{text.slice(from, to)}</mark>);
    at = to;
  }
  return (
    <bdi>
      {parts}
      {text.slice(at)}
    </bdi>
  );
}

interface PaletteOptionProps {
  id: string;
  found: Found<PaletteEntry>;
  selected: boolean;
  now: number;
  onPoint: () => void;
  onRun: () => void;
}

export function PaletteOption({ id, found, selected, now, onPoint, onRun }: PaletteOptionProps) {
  const { item, marks, detailMarks } = found;
  const badge = badgeOf(item, now);
  return (
    <div
      id={id}
      role="option"
      aria-selected={selected}
      className={css['option']}
      data-danger={item.danger}
      onPointerMove={onPoint}
      onClick={onRun}
    >
      {createElement(iconOf(item), { size: 15, 'aria-hidden': true })}
      <span className={css['words']}>
        <Marked text={item.label} marks={marks} />
        {item.detail !== undefined && (
          <span className={css['detail']}>
            {' '}
            <Marked text={item.detail} marks={detailMarks} />
          </span>
        )}
      </span>
      {badge !== null && <StateBadge badge={badge} />}
      {item.keys !== undefined && <Keys keys={item.keys} />}
    </div>
  );
}
