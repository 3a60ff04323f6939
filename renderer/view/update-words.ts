import type { UpdateState } from '../../contract/updates.ts';

export interface UpdateWords {
  text: string;
  hint?: string | undefined;
  /** The step that is possible now, or in progress (`busy`); null if there is none. */
  next: { step: 'check' | 'download' | 'install'; label: string; busy?: true } | null;
}

const CHECK = { step: 'check', label: 'Check for updates' } as const;

/** The text about updates of the app, and the next step. */
export function updateWords(state: UpdateState): UpdateWords {
  switch (state.state) {
    case 'idle':
      return { text: 'Tokentray checks for updates only when you ask.', next: CHECK };
    case 'checking':
      return { text: 'Checking…', next: { ...CHECK, busy: true } };
    case 'none':
      return { text: 'You have the latest version.', next: CHECK };
    case 'available':
      return {
        text: `Version ${state.version} is available.`,
        next: { step: 'download', label: `Download ${state.version}` },
      };
    case 'downloading':
      return {
        text: `Downloading ${state.version}: ${state.percent}%`,
        next: { step: 'download', label: `Download ${state.version}`, busy: true },
      };
    case 'ready':
      return {
        text: `Version ${state.version} is ready to install. Tokentray will restart.`,
        ...(state.asksForPassword && { hint: 'Your system will ask for an administrator password.' }),
        next: { step: 'install', label: 'Install and restart' },
      };
    case 'failed':
      return { text: state.error.message, hint: state.error.hint, next: CHECK };
    case 'unsupported':
      return { text: state.why, next: null };
  }
}
