import { damagedWords } from '../../../contract/damaged.ts';
import type { DamagedRecord } from '../../../contract/status.ts';
import { Button } from '../../components/button.tsx';
import { ProblemNote } from '../../components/problem-note.tsx';
import { useApp } from '../../store/use-app.ts';
import css from './damaged-records.module.css';

/** Entries that a section cannot show because their records in the store are damaged, and a way to remove them. */
export function DamagedRecords({ kind }: { kind: DamagedRecord['kind'] }) {
  const all = useApp((state) => state.status?.damaged);
  const openDialog = useApp((state) => state.openDialog);
  const damaged = (all ?? []).filter((record) => record.kind === kind);
  if (damaged.length === 0) return null;
  return (
    <ul className={css['list']} aria-label="Damaged records">
      {damaged.map((record) => (
        <li key={record.id} className={css['record']}>
          <ProblemNote
            problem={{
              message: damagedWords(record).message,
              hint: 'Restore a backup of the data folder, or remove this entry and add it again.',
            }}
          />
          <Button
            aria-label={`Remove ${record.name}`}
            onClick={() => {
              openDialog({ kind: 'remove-damaged', record });
            }}
          >
            Remove
          </Button>
        </li>
      ))}
    </ul>
  );
}
