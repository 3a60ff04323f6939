import { Eye, EyeOff } from 'lucide-react';
import type { ConnectionView, CredentialField } from '../../../contract/connection.ts';
import { Button } from '../../components/button.tsx';
import { useApp } from '../../store/use-app.ts';
import css from './token-tab.module.css';
import { inSentence, secretLabel } from '../../view/method-words.ts';
import { useRevealed } from './use-revealed.ts';

const MASK = '••••••••••••••••';

function CopyButton({
  connection,
  field,
  label,
  api,
}: {
  connection: ConnectionView;
  field: CredentialField;
  label: string;
  api?: string | undefined;
}) {
  const copy = useApp((state) => state.copy);
  return (
    <Button look="quiet" aria-label={`Copy ${label}`} onClick={() => void copy(connection.id, field, api)}>
      Copy
    </Button>
  );
}

interface ValueRowProps {
  connection: ConnectionView;
  field: CredentialField;
  label: string;
  value: string | null | undefined;
  api?: string;
}

/** A value that is not secret. */
function ValueRow({ connection, field, label, value, api }: ValueRowProps) {
  if (value === null || value === undefined || value === '') return null;
  return (
    <li className={css['row']}>
      <span className={css['label']}>{label}</span>
      <code className={css['value']}>{value}</code>
      <span className={css['buttons']}>
        <CopyButton connection={connection} field={field} label={label} api={api} />
      </span>
    </li>
  );
}

function AccessToken({ connection }: { connection: ConnectionView }) {
  const { shown, place, busy, show, hide } = useRevealed(connection.id);
  const seconds = useApp((state) => state.settings.revealSeconds);
  const label = secretLabel(connection);
  return (
    <li className={css['row']}>
      <span className={css['label']}>{label}</span>
      {!shown && (
        <code className={css['value']} role="img" aria-label="Hidden">
          {MASK}
        </code>
      )}
      <span hidden={!shown}>
        <code
          ref={place}
          className={css['secret']}
          tabIndex={0}
          role="textbox"
          aria-readonly
          aria-label={label}
        />
        <span className={css['note']}>Hidden again after {seconds} s, or when you leave this window.</span>
      </span>
      <span className={css['buttons']}>
        <Button
          look="quiet"
          busy={busy}
          aria-label={`${shown ? 'Hide' : 'Show'} ${inSentence(label)}`}
          onClick={shown ? hide : show}
        >
          {shown ? <EyeOff size={15} aria-hidden /> : <Eye size={15} aria-hidden />}
          {shown ? 'Hide' : 'Show'}
        </Button>
        <CopyButton connection={connection} field="access_token" label={inSentence(label)} />
      </span>
    </li>
  );
}

/** The values that scripts get: the token masked, the others in full. */
export function TokenTab({ connection }: { connection: ConnectionView }) {
  const { site, account } = connection;
  const row = { connection };
  return (
    <>
      <ul aria-label="Values">
        {/* The key makes sure that a new token starts out hidden. */}
        <AccessToken key={`${connection.id} ${connection.obtainedAt}`} connection={connection} />
        <li className={css['row']}>
          <span className={css['label']}>Authorization header</span>
          <code className={css['value']} role="img" aria-label="Hidden">
            {connection.header.value}
          </code>
          <span className={css['buttons']}>
            <CopyButton connection={connection} field="authorization" label="authorization header" />
          </span>
        </li>
        <ValueRow {...row} field="site_url" label="Site address" value={site?.url} />
        <ValueRow {...row} field="cloud_id" label="Cloud ID" value={site?.cloudId} />
        {connection.apis.map(({ id, name, url }) => (
          <ValueRow key={id} {...row} field="api_url" api={id} label={`${name} API`} value={url} />
        ))}
        <ValueRow {...row} field="username" label="User name" value={connection.username} />
        <ValueRow {...row} field="email" label="Account e-mail" value={account.email} />
        <ValueRow {...row} field="account_id" label="Account ID" value={account.id} />
      </ul>
      {connection.method === 'oauth2' && connection.grant !== 'client-credentials' && (
        <p className={css['foot']}>
          The refresh token never leaves Tokentray: no file, command or window shows it.
        </p>
      )}
    </>
  );
}
