import type { ImportCandidate, ImportResult } from '../../../contract/import.ts';
import { Button } from '../../components/button.tsx';
import { DialogFrame } from '../../components/dialog-frame.tsx';
import { HintText } from '../../components/hint-text.tsx';
import { ProblemNote } from '../../components/problem-note.tsx';
import { StateShape } from '../../components/state-shape.tsx';
import css from './import-dialog.module.css';

interface ImportResultsProps {
  results: readonly ImportResult[];
  candidates: readonly ImportCandidate[];
  onClose: () => void;
}

/** What became of each, and what is left to do. */
export function ImportResults({ results, candidates, onClose }: ImportResultsProps) {
  const count = results.filter(({ connection }) => connection !== null).length;
  const placeOf = (id: string): string => candidates.find((one) => one.id === id)?.place ?? '';
  return (
    <DialogFrame
      key="results"
      title={
        count === 0
          ? 'Nothing was imported'
          : count === 1
            ? '1 connection imported'
            : `${count} connections imported`
      }
      description="What the other programs have is as it was. Remove it there when you no longer need it."
      actions={
        <Button look="primary" onClick={onClose}>
          Done
        </Button>
      }
    >
      <ul className={css['list']} aria-label="Results">
        {results.map(({ id, connection, error, notes }) => (
          <li key={id} className={css['candidate']}>
            {connection !== null && (
              <span>
                <StateShape shape="●" /> <strong>{connection.name}</strong> {connection.providerName}
              </span>
            )}
            {error !== null && (
              <ProblemNote problem={{ message: `${placeOf(id)}: ${error.message}`, hint: error.hint }} />
            )}
            {notes.map((note) => (
              <span key={note} className={css['note']}>
                <HintText>{note}</HintText>
              </span>
            ))}
          </li>
        ))}
      </ul>
    </DialogFrame>
  );
}
