import { useState } from 'react';
import type { ExportView } from '../../../contract/export.ts';
import { useMinute } from '../../components/minute-clock.ts';
import { StateBadge } from '../../components/state-badge.tsx';
import { HintText } from '../../components/hint-text.tsx';
import { StateShape } from '../../components/state-shape.tsx';
import { useApp } from '../../store/use-app.ts';
import { followsWords } from '../../view/export-words.ts';
import { exportBadge } from '../../view/state-words.ts';
import { ExportPreview } from './export-preview.tsx';
import css from './export-row.module.css';
import { WithFiles } from './with-files.tsx';

const MODE_NOTES: Readonly<Record<ExportView['mode'], string>> = {
  block: ' block',
  whole: '',
  pipe: ', named pipe',
};

interface RowButtonProps {
  label: string;
  name: string;
  onClick: () => void;
  expanded?: boolean;
}

function RowButton({ label, name, onClick, expanded }: RowButtonProps) {
  return (
    <button
      type="button"
      className={css['tiny']}
      aria-label={name}
      aria-expanded={expanded}
      onClick={onClick}
    >
      {label}
    </button>
  );
}

/** One env file: path, preset, the connection it follows, whether it is up to date, and a preview. */
export function ExportRow({ item }: { item: ExportView }) {
  const now = useMinute();
  const writeExports = useApp((state) => state.writeExports);
  const openDialog = useApp((state) => state.openDialog);
  const [writing, setWriting] = useState(false);
  const [checked, setChecked] = useState(false);
  const { id, file, connection, preset, format } = item;

  async function write(): Promise<void> {
    if (writing) return;
    setWriting(true);
    await writeExports(id);
    setWriting(false);
  }

  return (
    <li className={css['row']} data-export={id} tabIndex={-1}>
      <bdi className={`clamp ${css['file'] ?? ''}`} title={file}>
        {file}
      </bdi>
      <StateBadge badge={exportBadge(item.status, now)} />
      <span className={css['meta']}>
        {preset} · {format}
        {MODE_NOTES[item.mode]} · {followsWords(item)}
      </span>
      <span className={css['actions']}>
        <RowButton
          label={writing ? 'Writing…' : 'Write now'}
          name={`Write ${file} now`}
          onClick={() => void write()}
        />
        <RowButton
          label="Check"
          name={`Check ${file}`}
          expanded={checked}
          onClick={() => {
            setChecked(!checked);
          }}
        />
        <RowButton
          label="Edit"
          name={`Edit ${file}`}
          onClick={() => {
            openDialog({ kind: 'edit-export', export: id });
          }}
        />
        <RowButton
          label="Remove"
          name={`Remove ${file}`}
          onClick={() => {
            openDialog({ kind: 'remove-export', export: id });
          }}
        />
      </span>
      {item.status.state === 'failed' && (
        <p className={css['problem']}>
          {item.status.error.message}{' '}
          <span className={css['hint']}>
            <HintText>{item.status.error.hint}</HintText>
          </span>
        </p>
      )}
      {item.warnings.map((warning) => (
        <p key={warning} className={css['warning']}>
          <StateShape shape="△" /> {warning}
        </p>
      ))}
      {checked && <WithFiles>{({ ExportDetails }) => <ExportDetails item={item} />}</WithFiles>}
      {connection !== null && (
        <div className={css['preview']}>
          <ExportPreview connection={connection.id} preset={preset} format={format} of={file} />
        </div>
      )}
    </li>
  );
}
