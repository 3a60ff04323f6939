import process from 'node:process';
import type { AppCalls, Desktop, PageCalls, WireMessage } from '../wire.ts';
import { DESKTOP_VARIABLE } from '../wire.ts';
import { createWireLink, type Answers, type Remote } from '../wire-link.ts';

/** The desktop that this process finds itself on. */
export const desktop: Desktop = {
  tray: true,
  notifications: true,
  online: true,
  wayland: false,
  loadingHangs: false,
  dark: false,
  openedAtLogin: false,
  ...(JSON.parse(process.env[DESKTOP_VARIABLE] ?? '{}') as Partial<Desktop>),
};

let remote: Remote<PageCalls> | null = null;

/** Answers the test from now on. Without a test there is nobody to show windows to: then the process ends. */
export function openLink(answers: Answers<AppCalls>): void {
  const send = process.send?.bind(process);
  if (!send) throw new Error('The stand-in for Electron is started by a test (test/stand-in/README.md).');
  const link = createWireLink<PageCalls, AppCalls>((message) => {
    if (process.connected) send(message);
  }, answers);
  process.on('message', (message) => {
    link.receive(message as WireMessage);
  });
  process.on('disconnect', () => {
    process.kill(process.pid, 'SIGKILL');
  });
  remote = link.theirs;
}

/** The test's side. */
export function pages(): Remote<PageCalls> {
  if (!remote) throw new Error('the link is not open yet');
  return remote;
}

/** Reports the failure of a message to the test that nobody awaits. */
export const unawaited = (work: Promise<unknown>): void => {
  work.catch((fault: unknown) => {
    console.error('stand-in:', fault);
  });
};
