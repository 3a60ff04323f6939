import type { CredentialField } from './connection.ts';

const FIELD_WORDS: Readonly<Partial<Record<CredentialField, string>>> = {
  authorization: 'Authorization header copied',
  site_url: 'Site address copied',
  cloud_id: 'Cloud ID copied',
  jira_api_url: 'Jira API address copied',
  confluence_api_url: 'Confluence API address copied',
  api_url: 'API address copied',
  email: 'E-mail address copied',
  account_id: 'Account ID copied',
};

/** Whether a field is secret; the others may stay on the clipboard. */
export const isSecretField = (field: CredentialField): boolean =>
  field === 'access_token' || field === 'authorization';

/** The notice after copying. `clearsInSeconds` 0: the clipboard will not be cleared. */
export function copiedWords(field: CredentialField, clearsInSeconds: number, secret: boolean): string {
  return withClearing(FIELD_WORDS[field] ?? 'Copied', clearsInSeconds, secret);
}

function withClearing(done: string, clearsInSeconds: number, secret: boolean): string {
  if (clearsInSeconds > 0) {
    return `${done} – clears in ${clearsInSeconds < 60 ? `${clearsInSeconds} s` : `${clearsInSeconds / 60} min`}`;
  }
  return secret ? `${done}. It stays on the clipboard until you copy something else.` : done;
}

/** The notice after copying a key of the gateway. `clearsInSeconds` 0: the clipboard will not be cleared. */
export const keyCopiedWords = (clearsInSeconds: number): string =>
  withClearing('Key copied', clearsInSeconds, true);
