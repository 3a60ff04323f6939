import type { ConnectionView } from '../../../contract/connection.ts';
import { useApp } from '../../store/use-app.ts';
import { WAY_WORDS, wayOf } from '../../view/method-words.ts';
import { safeAddress } from '../../view/safe-address.ts';
import { renewalWords } from '../../view/state-words.ts';
import { ago, date, fromNow, moment } from '../../view/time-words.ts';
import css from './connection-detail.module.css';

function SiteFact({ connection }: { connection: ConnectionView }) {
  const openDialog = useApp((state) => state.openDialog);
  const { site, sites } = connection;
  if (site === null) return null;
  return (
    <>
      <dt>Site</dt>
      <dd>
        <a href={safeAddress(site.url)} target="_blank" rel="noopener noreferrer">
          {site.url.replace(/^https?:\/\//, '')}
        </a>{' '}
        {sites.length > 1 && (
          <button
            type="button"
            className={css['inline']}
            aria-label="Change site"
            onClick={() => {
              openDialog({ kind: 'change-site', connection: connection.id });
            }}
          >
            Change
          </button>
        )}
      </dd>
    </>
  );
}

function AddressFact({ label, address }: { label: string; address: string | null }) {
  if (address === null || address === '') return null;
  return (
    <>
      <dt>{label}</dt>
      <dd>
        <code>{address}</code>
      </dd>
    </>
  );
}

function expiryWords({ expiresAt }: ConnectionView, now: number): string {
  if (expiresAt === null) return 'Expiry unknown';
  if (Date.parse(expiresAt) <= now) return `Expired ${ago(expiresAt, now)} · ${moment(expiresAt, now)}`;
  return `Expires ${fromNow(expiresAt, now)} · ${moment(expiresAt, now)}`;
}

/** Details of a connection, as terms and values. */
export function ConnectionFacts({ connection, now }: { connection: ConnectionView; now: number }) {
  const { account, client, username, nextRefreshAt, lastRefreshAt, signInExpiresAt, status } = connection;
  return (
    <dl className={css['facts']}>
      <dt>Account</dt>
      <dd>{account.email === null ? account.name : `${account.name} · ${account.email}`}</dd>
      <SiteFact connection={connection} />
      <dt>Signed in with</dt>
      <dd>
        {connection.method === 'oauth2' && connection.grant !== 'client-credentials'
          ? 'OAuth 2.0'
          : WAY_WORDS[wayOf(connection)].name}
        {client !== null && `, client “${client.name}”`}
      </dd>
      {username !== null && username !== account.email && (
        <>
          <dt>User name</dt>
          <dd>{username}</dd>
        </>
      )}
      <dt>Renewal</dt>
      <dd>{renewalWords(connection)}</dd>
      {connection.method === 'oauth2' && (
        <>
          <dt>Token</dt>
          <dd>{expiryWords(connection, now)}</dd>
        </>
      )}
      {connection.canRefresh && (
        <>
          <dt>Last refresh</dt>
          <dd>
            {lastRefreshAt === null
              ? 'Not refreshed yet'
              : `${ago(lastRefreshAt, now)} · ${moment(lastRefreshAt, now)}`}
          </dd>
        </>
      )}
      {nextRefreshAt !== null && (
        <>
          <dt>Next refresh</dt>
          <dd>
            {fromNow(nextRefreshAt, now)} · {moment(nextRefreshAt, now)}
          </dd>
        </>
      )}
      {signInExpiresAt !== null && status.state !== 'needs-reconnect' && (
        <>
          <dt>Sign-in</dt>
          <dd>Expires {date(signInExpiresAt)} unless used before then</dd>
        </>
      )}
      {connection.apis.map(({ id, name, url }) => (
        <AddressFact key={id} label={`${name} API`} address={url} />
      ))}
    </dl>
  );
}
