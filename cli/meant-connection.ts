import type { Context } from './context.ts';

/** The part of a request that says whose connection is meant: the named one, else whatever the current folder is bound to. */
export const meantConnection = (
  { cwd }: Pick<Context, 'cwd'>,
  connection: string | undefined,
): { connection?: string; folder?: string } =>
  connection === undefined ? (cwd === null ? {} : { folder: cwd }) : { connection };
