import type { Where } from './command.ts';
import type { Context } from './context.ts';

/** What decides which commands and options there are. */
export type Here = Pick<Context, 'paths' | 'serve'>;

/** Whether what is only there is also here. Pure. */
export function isHere(only: Where | undefined, { paths, serve }: Here): boolean {
  switch (only) {
    case undefined:
      return true;
    case 'linux':
      return paths.platform === 'linux';
    case 'posix':
      return paths.platform !== 'win32';
    case 'page':
      return serve.host === 'browser';
  }
}

export const NOT_HERE: Readonly<Record<Where, string>> = {
  linux: 'Not on this system: it needs Linux.',
  posix: 'Not on this system: there is no such thing on Windows.',
  page: 'Not with this app: the desktop app serves no page.',
};
