import type { ExportCure } from './export-check.ts';
import type { WriteReason } from './vocabulary.ts';

/** What a cure does, as an imperative; a button in the window, and what `--fix` does. */
export const CURE_WORDS: Readonly<Record<ExportCure, string>> = {
  write: 'Write now',
  ignore: 'Add to .gitignore',
  narrow: 'Let only me read it',
  'in-place': 'Write in place',
};

/** Why a write changed the file, after “Written: ”. */
export const REASON_WORDS: Readonly<Record<WriteReason, string>> = {
  added: 'the file was added',
  changed: 'the file’s settings were changed',
  asked: 'you asked for it',
  refreshed: 'the token was refreshed',
  reconnected: 'the connection was reconnected',
  switched: 'it follows another connection',
  updated: 'the connection’s details changed',
  restored: 'the file had been edited or removed',
};
