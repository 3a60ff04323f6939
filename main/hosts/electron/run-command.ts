import type { CallInput, CallName, CallOutput } from '../../../contract/calls.ts';
import type { ShowTarget } from '../../../contract/show.ts';
import type { Result } from '../../lib/result.ts';
import { assertNever } from '../../lib/result.ts';
import type { Copied } from './copied-notice.ts';
import type { DesktopNotification } from './notification-for.ts';
import type { TrayCommand } from './tray-item.ts';

export interface CommandParts {
  call: <K extends CallName>(name: K, input: CallInput<K>) => Promise<Result<CallOutput<K>>>;
  open: (target: ShowTarget | null) => void;
  /** False if the desktop did not show it. */
  notify: (notification: DesktopNotification) => Promise<boolean>;
  /** Shows a message box. */
  alert: (title: string, body: string) => void;
  /** Says quietly that something is on the clipboard; never what. */
  copied: (copied: Copied) => void;
  quit: () => void;
}

/** Runs the command that was clicked in the tray. There may be no window to show a failure in, so a notification does. */
export async function runCommand(
  command: TrayCommand,
  { call, open, notify, alert, copied, quit }: CommandParts,
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
      const { connection, field, api } = command;
      const answer = await call('credentials.copy', {
        field,
        ...(connection !== null && { connection }),
        ...(api !== undefined && { api }),
      });
      if (answer.ok) {
        copied({ field, clearsInSeconds: answer.value.clearsInSeconds });
        return;
      }
      // This desktop lets only the window copy.
      if (answer.error.code === 'unsupported')
        open(connection === null ? { view: 'connections' } : { view: 'connection', connection });
      await reportFailure('Nothing was copied', answer);
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
    case 'lock':
      await reportFailure(
        command.locked ? 'Not locked' : 'Not unlocked',
        await call(command.locked ? 'app.lock' : 'app.unlock', {}),
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
