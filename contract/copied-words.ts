import type { CredentialField } from './connection.ts';

const FIELD_WORDS: Readonly<Record<CredentialField, string>> = {
  access_token: 'token',
  authorization: 'authorization header',
  site_url: 'site address',
  cloud_id: 'cloud ID',
  jira_api_url: 'Jira API address',
  confluence_api_url: 'Confluence API address',
  email: 'e-mail address',
  account_id: 'account ID',
  expires_at: 'time of expiry',
  scopes: 'permissions',
  username: 'user name',
  api_url: 'API address',
};

/** Whether a field is secret; the others may stay on the clipboard. */
export const isSecretField = (field: CredentialField): boolean =>
  field === 'access_token' || field === 'authorization';

/** The notice after copying from a connection; `name` null: from the one that it is about anyway. `clearsInSeconds` 0: the clipboard will not be cleared. */
export const copiedWords = (
  field: CredentialField,
  name: string | null,
  clearsInSeconds: number,
  secret: boolean,
): string =>
  withClearing(
    `Copied the ${FIELD_WORDS[field]}${name === null ? '' : ` of ${name}`}`,
    clearsInSeconds,
    secret,
  );

function withClearing(done: string, clearsInSeconds: number, secret: boolean): string {
  if (clearsInSeconds > 0) {
    return `${done} – clears in ${clearsInSeconds < 60 ? `${clearsInSeconds} s` : `${clearsInSeconds / 60} min`}`;
  }
  return secret ? `${done}. It stays on the clipboard until you copy something else.` : done;
}

/** The notice after copying a key of the gateway. `clearsInSeconds` 0: the clipboard will not be cleared. */
export const keyCopiedWords = (clearsInSeconds: number): string =>
  withClearing('Key copied', clearsInSeconds, true);
