import type { ConnectionView } from '../../../contract/connection.ts';
import { faultDetails } from '../../view/state-reasons.ts';
import css from './overview.module.css';

/** What the provider or the system said, for whoever has to look into it. */
export function FaultDetails({ connection, now }: { connection: ConnectionView; now: number }) {
  const details = faultDetails(connection, now);
  if (details === null) return null;
  return (
    <details className={css['fold']}>
      <summary>Details</summary>
      <code className={css['said']}>{details}</code>
    </details>
  );
}
