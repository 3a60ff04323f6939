import type { UpdateState } from '../../contract/updates.ts';

export interface UpdateWords {
  text: string;
  hint?: string | undefined;
  /** The one step that a person can take now, or that is under way (`busy`); null when nothing can be done. */
  next: { step: 'check' | 'download' | 'install'; label: string; busy?: true } | null;
}

const CHECK = { step: 'check', label: 'Check for updates' } as const;

/** What a person reads about updates of the app, and what they can do about it. */
export function updateWords(state: UpdateState): UpdateWords {
  switch (state.state) {
    case 'idle':
      return { text: 'Tokentray looks for updates only when you ask.', next: CHECK };
    case 'checking':
      return { text: 'Checking…', next: { ...CHECK, busy: true } };
    case 'none':
      return { text: 'This is the newest version.', next: CHECK };
    case 'available':
      return {
        text: `Version ${state.version} is available.`,
        next: { step: 'download', label: `Download ${state.version}` },
      };
    case 'downloading':
      return {
        text: `Downloading ${state.version}: ${state.percent} %`,
        next: { step: 'download', label: `Download ${state.version}`, busy: true },
      };
    case 'ready':
      return {
        text: `Version ${state.version} is ready. Tokentray ends and starts again.`,
        ...(state.asksForPassword && { hint: 'Your system asks for an administrator’s password.' }),
        next: { step: 'install', label: 'Install and restart' },
      };
    case 'failed':
      return { text: state.error.message, hint: state.error.hint, next: CHECK };
    case 'unsupported':
      return { text: state.why, next: null };
  }
}
