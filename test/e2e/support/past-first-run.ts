import type { AppControls } from './app.ts';
import { callSocket } from './socket-call.ts';

/** As for a person who has been here before: no welcome, and no word on the tray after the first connection. */
export async function pastFirstRun(app: AppControls): Promise<void> {
  const { socket } = (await app.cli(['status', '--json'])).json() as { socket: string };
  await callSocket(socket, 'settings.set', { firstRunDone: true });
}
