import type { ReactNode } from 'react';
import { renewalWords } from '../../view/state-words.ts';
import type { ConnectionView } from '../../../contract/connection.ts';
import { WAY_WORDS, wayOf } from '../../view/method-words.ts';
import { ago, date, fromNow, moment } from '../../view/time-words.ts';
import { Address } from './addresses.tsx';
import css from './overview.module.css';

function Fact({ term, children }: { term: string; children: ReactNode }) {
  return (
    <div className={css['row']}>
      <dt>{term}</dt>
      <dd>{children}</dd>
    </div>
  );
}

function expiryWords({ expiresAt }: ConnectionView, now: number): string {
  if (expiresAt === null) return 'End not known';
  if (Date.parse(expiresAt) <= now) return `Ended ${ago(expiresAt, now)} · ${moment(expiresAt, now)}`;
  return `Ends ${fromNow(expiresAt, now)} · ${moment(expiresAt, now)}`;
}

/** How the connection was made, whose it is and how it is renewed. */
export function SignInFacts({ connection, now }: { connection: ConnectionView; now: number }) {
  const { account, client, username, site, nextRefreshAt, lastRefreshAt, signInExpiresAt, status } =
    connection;
  const own = { connection };
  return (
    <dl className={css['rows']}>
      <Fact term="Account">
        <bdi>{account.email === null ? account.name : `${account.name} · ${account.email}`}</bdi>
      </Fact>
      {account.id !== '' && (
        <Address {...own} label="Account ID" field="account_id">
          <code>{account.id}</code>
        </Address>
      )}
      {typeof site?.cloudId === 'string' && (
        <Address {...own} label="Cloud ID" field="cloud_id">
          <code>{site.cloudId}</code>
        </Address>
      )}
      {username !== null && username !== account.email && (
        <Address {...own} label="User name" field="username">
          <code>{username}</code>
        </Address>
      )}
      <Fact term="Signed in with">
        {connection.method === 'oauth2' && connection.grant !== 'client-credentials'
          ? 'OAuth 2.0'
          : WAY_WORDS[wayOf(connection)].name}
        {client !== null && (
          <>
            , client “<bdi>{client.name}</bdi>”
          </>
        )}
      </Fact>
      {signInExpiresAt !== null && status.state !== 'needs-reconnect' && (
        <Fact term="Sign-in">Ends {date(signInExpiresAt)} if unused; every refresh restarts it</Fact>
      )}
      <Fact term="Renewal">{renewalWords(connection)}</Fact>
      <Fact term="Token">{expiryWords(connection, now)}</Fact>
      {connection.canRefresh && (
        <Fact term="Last refresh">
          {lastRefreshAt === null
            ? `Not since the sign-in at ${moment(connection.obtainedAt, now)}`
            : `${ago(lastRefreshAt, now)} · ${moment(lastRefreshAt, now)}`}
        </Fact>
      )}
      {nextRefreshAt !== null && (
        <Fact term="Next refresh">
          {fromNow(nextRefreshAt, now)} · {moment(nextRefreshAt, now)}
        </Fact>
      )}
    </dl>
  );
}
