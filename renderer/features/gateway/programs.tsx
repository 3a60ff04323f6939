import { useEffect } from 'react';
import type { GrantView } from '../../../contract/grants.ts';
import type { ConnectionId } from '../../../contract/ids.ts';
import { Button } from '../../components/button.tsx';
import { useMinute } from '../../components/minute-clock.ts';
import { useApp } from '../../store/use-app.ts';
import { filesWords, grantWords } from '../../view/program-words.ts';
import css from './gateway.module.css';

function Grant({ grant, now, withConnection }: { grant: GrantView; now: number; withConnection: boolean }) {
  const revoke = useApp((state) => state.revokeGrants);
  const { id, program, connection } = grant;
  const files = filesWords(program);
  return (
    <li className={css['consumer']}>
      <div className={css['title']}>
        <strong title={files ?? undefined}>
          <bdi>{program.name}</bdi>
        </strong>
        {withConnection && (
          <span className={css['dim']}>
            <bdi>{connection.name}</bdi>
          </span>
        )}
      </div>
      <span className={css['actions']}>
        <Button
          look="quiet"
          aria-label={`Forget the answer about ${program.name} and ${connection.name}`}
          onClick={() => void revoke([id])}
        >
          Forget
        </Button>
      </span>
      <div className={css['facts']}>
        <p className={css['dim']}>
          <code>{files}</code>
        </p>
        <p className={css['dim']}>{grantWords(grant, now)}</p>
      </div>
    </li>
  );
}

/** What programs were allowed or denied: of one connection, or of all. */
export function useGrants(connection: ConnectionId | null): readonly GrantView[] {
  const grants = useApp((state) => state.grants);
  const load = useApp((state) => state.loadGrants);
  useEffect(() => {
    if (grants === null) void load();
  }, [grants, load]);
  return (grants ?? []).filter((grant) => connection === null || grant.connection.id === connection);
}

export function Grants({ grants, name }: { grants: readonly GrantView[]; name: string }) {
  const now = useMinute();
  const several = new Set(grants.map(({ connection }) => connection.id)).size > 1;
  return (
    <ul aria-label={name}>
      {grants.map((grant) => (
        <Grant key={grant.id} grant={grant} now={now} withConnection={several || name === 'Programs'} />
      ))}
    </ul>
  );
}
