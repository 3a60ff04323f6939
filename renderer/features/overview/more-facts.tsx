import type { ConnectionView } from '../../../contract/connection.ts';
import { ConnectionNetwork } from './connection-network.tsx';
import css from './overview.module.css';
import { SignInFacts } from './sign-in-facts.tsx';

/** What few people need, folded. */
export function MoreFacts({ connection, now }: { connection: ConnectionView; now: number }) {
  const terms = ['Sign-in', ...(connection.client === null ? [] : ['client']), 'account IDs', 'network'];
  return (
    <details className={css['fold']}>
      <summary>{terms.join(', ')}</summary>
      <SignInFacts connection={connection} now={now} />
      <ConnectionNetwork id={connection.id} />
    </details>
  );
}
