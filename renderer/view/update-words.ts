import type { UpdateStatus } from '../../contract/status.ts';

/** How far an update has come, in a sentence. */
export function updateWords(update: UpdateStatus): string {
  switch (update.state) {
    case 'none':
      return 'This is the newest version.';
    case 'checking':
      return 'Looking for a newer version…';
    case 'downloading':
      return `Version ${update.version} is being downloaded…`;
    case 'ready':
      return `Version ${update.version} is ready. It is installed when you quit Tokentray.`;
    case 'failed':
      return [update.error.message, update.error.hint].filter(Boolean).join(' ');
  }
}
