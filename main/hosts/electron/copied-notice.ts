import type { CredentialField } from '../../../contract/connection.ts';
import { copiedWords, isSecretField } from '../../../contract/copied-words.ts';
import type { DesktopNotification } from './notification-for.ts';

/** How long it is said; nobody has to click it away. */
export const COPIED_SHOWN_MS = 5000;

export interface Copied {
  field: CredentialField;
  /** 0: it stays. */
  clearsInSeconds: number;
}

/** What is said after a copy: which kind of value and when it is cleared, never the value. Without a sound. */
export function copiedNotice({ field, clearsInSeconds }: Copied): DesktopNotification {
  const secret = isSecretField(field);
  return {
    kind: 'copied',
    title: copiedWords(field, null, secret ? clearsInSeconds : 0, secret),
    body: '',
    target: null,
    passing: true,
  };
}
