import type { Failure } from '../../contract/errors.ts';
import { shortPath, withShortPaths } from '../../contract/short-path.ts';
import type { AppState } from './state.ts';
import { useApp } from './use-app.ts';

export const userHome = ({ status }: AppState): string => status?.userHome ?? '';

/** Whether the window is one of the desktop app, which has the system's dialogs and file manager. */
export const hasDesktop = ({ status }: AppState): boolean => (status?.desktop ?? null) !== null;

/** Paths as people read them: with `~` for their home folder; `words` and `failure`: the same within sentences. */
export function useShortPath(): {
  path: (file: string) => string;
  words: (text: string) => string;
  failure: (failure: Failure | null) => Failure | null;
} {
  const home = useApp(userHome);
  const words = (text: string): string => withShortPaths(text, home);
  return {
    path: (file) => shortPath(file, home),
    words,
    failure: (failure) =>
      failure && {
        ...failure,
        message: words(failure.message),
        ...(failure.hint !== undefined && { hint: words(failure.hint) }),
      },
  };
}
