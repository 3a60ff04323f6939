import type { ExportView } from '../../../contract/export.ts';
import { useMinute } from '../../components/minute-clock.ts';
import { StateBadge } from '../../components/state-badge.tsx';
import { useApp } from '../../store/use-app.ts';
import { followsWords } from '../../view/export-words.ts';
import { exportBadge } from '../../view/state-words.ts';
import css from './export-row.module.css';

/** One env file: where, what, whom it follows, whether it is up to date. */
export function ExportRow({ item }: { item: ExportView }) {
  const now = useMinute();
  const writeExports = useApp((state) => state.writeExports);
  const openDialog = useApp((state) => state.openDialog);
  return (
    <li className={css['row']}>
      <span className={css['file']}>{item.file}</span>
      <StateBadge badge={exportBadge(item.status, now)} />
      <span className={css['meta']}>
        {item.preset} · {item.format}
        {item.mode === 'block' && ' block'} · {followsWords(item)}
      </span>
      <span className={css['actions']}>
        <button
          type="button"
          className={css['tiny']}
          aria-label={`Write ${item.file} now`}
          onClick={() => void writeExports(item.id)}
        >
          Write now
        </button>
        <button
          type="button"
          className={css['tiny']}
          aria-label={`Remove ${item.file}`}
          onClick={() => {
            openDialog({ kind: 'remove-export', export: item.id });
          }}
        >
          Remove
        </button>
      </span>
      {item.status.state === 'failed' && (
        <p className={css['problem']}>
          {item.status.error.message} {item.status.error.hint}
        </p>
      )}
      {item.warnings.map((warning) => (
        <p key={warning} className={css['warning']}>
          ▲ {warning}
        </p>
      ))}
    </li>
  );
}
