import type { ConnectionView } from '../../../contract/connection.ts';
import type { ExportView } from '../../../contract/export.ts';
import { HintText } from '../../components/hint-text.tsx';
import { StateShape } from '../../components/state-shape.tsx';
import { useShortPath } from '../../store/use-short-path.ts';
import { holdsWords, staleWords } from '../../view/export-trouble.ts';
import css from './export-row.module.css';

interface ExportTroubleProps {
  item: ExportView;
  /** The file as it is shown. */
  name: string;
  connection: ConnectionView | undefined;
  now: number;
  /** Whether the details are shown. */
  opened: boolean;
  onDetails: () => void;
}

/** Why a file is not what it should be: not written, with an old token, or seen by others. Nothing where it is. */
export function ExportTrouble({ item, name, connection, now, opened, onDetails }: ExportTroubleProps) {
  const { status, warnings } = item;
  const shown = useShortPath();
  const stale = staleWords(item, connection, now);
  if (status.state !== 'failed' && stale === null && warnings.length === 0) return null;
  const details = (status.state === 'failed' || warnings.length > 0) && (
    <button
      type="button"
      className={css['details']}
      aria-label={`Details of ${name}`}
      aria-expanded={opened}
      onClick={onDetails}
    >
      Details
    </button>
  );
  return (
    <div className={css['trouble']}>
      {status.state === 'failed' && (
        <p>
          <span className={css['reason']}>{shown.words(status.error.message)}</span>{' '}
          <span className={css['hint']}>
            <HintText>{status.error.hint && shown.words(status.error.hint)}</HintText> {holdsWords(item, now)}
          </span>{' '}
          {warnings.length === 0 && details}
        </p>
      )}
      {stale !== null && <p className={css['hint']}>{stale}</p>}
      {warnings.map((warning, index) => (
        <p key={warning} className={css['warning']}>
          <StateShape shape="△" /> {shown.words(warning)} {index === warnings.length - 1 && details}
        </p>
      ))}
    </div>
  );
}
