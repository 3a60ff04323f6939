import type { CallInput, CallName } from '../../../contract/calls.ts';
import type { ShowTarget } from '../../../contract/show.ts';
import type { Result } from '../../lib/result.ts';
import { assertNever } from '../../lib/result.ts';
import type { DesktopNotification } from './notification-for.ts';
import type { TrayCommand } from './tray-menu.ts';

export interface CommandParts {
  call: <K extends CallName>(name: K, input: CallInput<K>) => Promise<Result<unknown>>;
  open: (target: ShowTarget | null) => void;
  /** False if the desktop did not show it. */
  notify: (notification: DesktopNotification) => Promise<boolean>;
  /** Shows a message box. */
  alert: (title: string, body: string) => void;
  quit: () => void;
}

/** Runs the command that was clicked in the tray. There may be no window to show a failure in, so a notification does. */
export async function runCommand(
  command: TrayCommand,
  { call, open, notify, alert, quit }: CommandParts,
): Promise<void> {
  const reportFailure = async (title: string, result: Result<unknown>): Promise<void> => {
    if (result.ok) return;
    const { message, hint } = result.error;
    const body = hint === undefined ? message : `${message} ${hint}`;
    if (!(await notify({ kind: 'failed', title, body, target: null }))) alert(title, body);
  };
  switch (command.do) {
    case 'open':
      open(command.target);
      return;
    case 'use':
      await reportFailure('Not switched', await call('connections.use', { connection: command.connection }));
      return;
    case 'copy': {
      const { connection, field } = command;
      const request = connection === null ? { field } : { connection, field };
      const copied = await call('credentials.copy', request);
      // This desktop lets only the window copy.
      if (!copied.ok && copied.error.code === 'unsupported')
        open(connection === null ? { view: 'connections' } : { view: 'connection', connection });
      await reportFailure('Nothing was copied', copied);
      return;
    }
    case 'write-exports':
      await reportFailure('Env files not written', await call('exports.write', {}));
      return;
    case 'decide': {
      const { do: _, ...answer } = command;
      await reportFailure('Nothing was decided', await call('gateway.decide', answer));
      return;
    }
    case 'pause':
      await reportFailure(
        'Nothing was changed',
        await call('settings.set', { refreshingPaused: command.paused }),
      );
      return;
    case 'check-for-updates':
      // The window shows progress and failures.
      open({ view: 'settings' });
      await call('updates.check', {});
      return;
    case 'quit':
      quit();
      return;
    default:
      assertNever(command);
  }
}
