import { shortPath, withShortPaths } from '../../contract/short-path.ts';
import type { AppState } from './state.ts';
import { useApp } from './use-app.ts';

export const userHome = ({ status }: AppState): string => status?.userHome ?? '';

/** Whether the window is one of the desktop app, which has the system's dialogs and file manager. */
export const hasDesktop = ({ status }: AppState): boolean => (status?.desktop ?? null) !== null;

/** Paths as people read them: with `~` for their home folder; `words`: the same within a sentence. */
export function useShortPath(): { path: (file: string) => string; words: (text: string) => string } {
  const home = useApp(userHome);
  return { path: (file) => shortPath(file, home), words: (text) => withShortPaths(text, home) };
}
