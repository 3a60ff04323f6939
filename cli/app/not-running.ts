import type { Failure } from '../../contract/errors.ts';
import type { Context } from '../context.ts';

export interface NotRunning {
  /** The sandbox was asked for. */
  readonly asked: 'own' | 'sandbox';
  readonly host: Context['serve']['host'];
  /** The person's data folder. */
  readonly home: string;
  /** Whether the person has connections or OAuth clients of their own; null: unknown. */
  readonly hasOwn: boolean | null;
  readonly sandbox: 'running' | 'ended' | 'never-used';
}

/** The command that starts an app where the person sees it. Pure. */
export function startCommand(host: Context['serve']['host'], asked: NotRunning['asked']): string {
  const command = host === 'electron' ? 'tokentray' : 'tokentray serve';
  return asked === 'sandbox' ? `${command} --sandbox` : command;
}

/**
 * The failure of a command whose app does not run and was not started. Somebody who has used the sandbox is told which of
 * the two they would talk to, and how to start either. Pure.
 */
export function notRunning({ asked, host, home, hasOwn, sandbox }: NotRunning): Failure {
  const own = startCommand(host, 'own');
  const again = startCommand(host, 'sandbox');
  const code = 'not-reachable';
  if (asked === 'sandbox')
    return { code, message: 'The sandbox is not running.', hint: `Start it: ${again}` };
  switch (sandbox) {
    case 'never-used':
      return { code, message: `The app is not running (data folder ${home}).`, hint: `Start it: ${own}` };
    case 'running':
      return {
        code,
        message: `The app with your own connections is not running (data folder ${home}).`,
        hint: `To use the sandbox, which is running, add --sandbox to the command. For your own connections: ${own}`,
      };
    case 'ended':
      return {
        code,
        message:
          hasOwn === false
            ? 'The sandbox is no longer running, and you have no connections of your own.'
            : `Neither the app with your own connections (data folder ${home}) nor the sandbox is running.`,
        hint: `Start the sandbox again: ${again}. For your own connections: ${own}`,
      };
  }
}
