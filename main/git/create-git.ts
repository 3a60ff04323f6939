import type { Git } from './ports.ts';
import type { OwnGitOptions } from './own-git.ts';

/** The git of the person whose process this is; its code is loaded by the first call about it. */
export function createGit(options: OwnGitOptions): Git {
  let loaded: Promise<Git> | null = null;
  const own = (): Promise<Git> => (loaded ??= import('./own-git.ts').then(({ ownGit }) => ownGit(options)));
  return {
    credential: async (asked) => (await own()).credential(asked),
    installs: {
      list: async () => (await own()).installs.list(),
      install: async (place) => (await own()).installs.install(place),
      uninstall: async (place) => (await own()).installs.uninstall(place),
    },
  };
}
