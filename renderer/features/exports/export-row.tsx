import { Eye, FolderOpen, Pencil, RefreshCw } from 'lucide-react';
import { memo, useState, type ReactNode } from 'react';
import type { ExportView } from '../../../contract/export.ts';
import type { ExportId } from '../../../contract/ids.ts';
import { Button } from '../../components/button.tsx';
import { StateBadge } from '../../components/state-badge.tsx';
import { StateShape } from '../../components/state-shape.tsx';
import { useApp } from '../../store/use-app.ts';
import { hasDesktop, useShortPath } from '../../store/use-short-path.ts';
import { exportBadge } from '../../view/export-badge.ts';
import { fixOf } from '../../view/export-trouble.ts';
import { followsWords, formatWords } from '../../view/export-words.ts';
import { ExportDetails } from './export-details.tsx';
import { ExportMenu } from './export-menu.tsx';
import { ExportPreview } from './export-preview.tsx';
import css from './export-row.module.css';
import { ExportTrouble } from './export-trouble.tsx';
import { useFix } from './use-fix.ts';

/** What is shown below the row of a file. */
export interface OpenedRow {
  id: ExportId;
  part: 'preview' | 'check';
}

interface ActionProps {
  /** The tooltip. */
  label: string;
  /** The accessible name: with the file, as there are many like it. */
  name: string;
  icon: ReactNode;
  expanded?: boolean;
  busy?: boolean;
  onClick: () => void;
}

const Action = ({ label, name, icon, expanded, busy = false, onClick }: ActionProps) => (
  <Button
    look="quiet"
    icon
    title={label}
    aria-label={name}
    aria-expanded={expanded}
    busy={busy}
    onClick={onClick}
  >
    {icon}
  </Button>
);

interface ExportRowProps {
  item: ExportView;
  /** Epoch ms. */
  now: number;
  opened: OpenedRow['part'] | null;
  /** Null: nothing of any file. The same function for each rendering, which spares the other rows theirs. */
  onOpen: (opened: OpenedRow | null) => void;
}

/** One env file in two lines: where it is, what is in it and whether that is current; what can be done with it beside them. */
export const ExportRow = memo(function ExportRow({ item, now, opened, onOpen }: ExportRowProps) {
  const { id, connection, preset, format } = item;
  const writeExports = useApp((state) => state.writeExports);
  const showInFolder = useApp((state) => state.showInFolder);
  const openDialog = useApp((state) => state.openDialog);
  const onDesktop = useApp(hasDesktop);
  const followed = useApp((state) =>
    connection === null ? undefined : state.connections.get(connection.id),
  );
  const shown = useShortPath();
  const [writing, setWriting] = useState(false);
  const file = shown.path(item.file);
  const fix = fixOf(item, followed);
  const badge = exportBadge(item, now);

  async function write(): Promise<void> {
    if (writing) return;
    setWriting(true);
    await writeExports(id);
    setWriting(false);
  }
  const edit = (): void => {
    openDialog({ kind: 'edit-export', export: id });
  };
  const runFix = useFix(item, { write, edit });
  const toggle = (part: OpenedRow['part']): void => {
    onOpen(opened === part ? null : { id, part });
  };

  return (
    <li className={css['row']} data-opened={opened !== null} data-export={id} tabIndex={-1}>
      <bdi className={`clamp ${css['file'] ?? ''}`} title={item.file}>
        {file}
      </bdi>
      <span className={css['meta']}>
        {preset} · {formatWords(item)} · {followsWords(item)}
      </span>
      <span className={css['state']} data-quiet={badge.tone === 'ok' || undefined}>
        {badge.tone === 'ok' ? (
          <>
            <StateShape shape={badge.shape} /> {badge.word}
          </>
        ) : (
          <StateBadge badge={badge} />
        )}
      </span>
      <span className={css['actions']} data-row-actions>
        {fix !== null && (
          <Button aria-label={`${fix.label.replace('…', '')}: ${file}`} onClick={runFix}>
            {fix.label}
          </Button>
        )}
        {fix?.does !== 'write' && (
          <Action
            label="Write now"
            name={`Write ${file} now`}
            icon={<RefreshCw size={15} aria-hidden />}
            busy={writing}
            onClick={() => void write()}
          />
        )}
        {connection !== null && (
          <Action
            label="Preview"
            name={`Preview ${file}`}
            icon={<Eye size={15} aria-hidden />}
            expanded={opened === 'preview'}
            onClick={() => {
              toggle('preview');
            }}
          />
        )}
        {onDesktop && (
          <Action
            label="Show in folder"
            name={`Show ${file} in its folder`}
            icon={<FolderOpen size={15} aria-hidden />}
            onClick={() => void showInFolder(id)}
          />
        )}
        <Action label="Edit" name={`Edit ${file}`} icon={<Pencil size={15} aria-hidden />} onClick={edit} />
        <ExportMenu
          item={item}
          name={file}
          checked={opened === 'check'}
          onCheck={() => {
            toggle('check');
          }}
        />
      </span>
      <ExportTrouble
        item={item}
        name={file}
        connection={followed}
        now={now}
        opened={opened === 'check'}
        onDetails={() => {
          toggle('check');
        }}
      />
      {opened !== null && (
        <div className={css['panel']}>
          {opened === 'check' && <ExportDetails item={item} />}
          {opened === 'preview' && connection !== null && (
            <ExportPreview
              connection={connection.id}
              preset={preset}
              format={format}
              label={`Preview of ${file}`}
            />
          )}
        </div>
      )}
    </li>
  );
});
