import type { BrowserWindow, IpcMain, IpcMainInvokeEvent } from 'electron';
import type { ShowTarget } from '../../contract/show.ts';
import { FROM_WINDOW } from '../api/call-from.ts';
import type { CoreApi } from '../api/core-api.ts';
import { disposable, type Disposable } from '../lib/disposable.ts';
import { fail, failure, ok, type Result } from '../lib/result.ts';
import { CHANNELS } from './electron-channels.ts';

/** The largest input of a call, characters of JSON; as large as over HTTP. */
const MAX_INPUT_LENGTH = 256 * 1024;

/**
 * The input of a call, which arrives as JSON text: measuring a structured clone could itself take forever, because the
 * same object may occur in it a billion times.
 */
export function parseInput(text: unknown): Result<unknown> {
  if (typeof text !== 'string') return fail('invalid-input', 'The input is not JSON.');
  if (text.length > MAX_INPUT_LENGTH) return fail('invalid-input', 'The input is too large.');
  try {
    return ok(JSON.parse(text) as unknown);
  } catch {
    return fail('invalid-input', 'The input is not JSON.');
  }
}

export interface WindowTransport extends Disposable {
  /** Lets this window call the core and receive its events until the result is disposed of. */
  register(window: BrowserWindow): Disposable & { show: (target: ShowTarget) => void };
}

/** Owns `ipcMain`: answers registered windows only. */
export function serveWindows(parts: {
  ipcMain: Pick<IpcMain, 'handle' | 'removeHandler'>;
  api: CoreApi;
  isOwnPage: (address: string) => boolean;
}): WindowTransport {
  const { ipcMain, api, isOwnPage } = parts;
  const windows = new Map<number, BrowserWindow>();

  /** The window's own frame, on our page; a frame inside it, or another page in its place, is not trusted. */
  function isTrusted({ sender, senderFrame }: IpcMainInvokeEvent): boolean {
    return (
      windows.has(sender.id) &&
      senderFrame !== null &&
      senderFrame === sender.mainFrame &&
      isOwnPage(senderFrame.url)
    );
  }

  function send(window: BrowserWindow, channel: string, message: unknown): void {
    if (!window.isDestroyed() && !window.webContents.isDestroyed()) window.webContents.send(channel, message);
  }

  ipcMain.handle(CHANNELS.call, async (event, ...args: unknown[]): Promise<Result<unknown>> => {
    if (!isTrusted(event)) return fail('forbidden', 'Only Tokentray’s own window may make calls.');
    const [name, input] = args;
    if (typeof name !== 'string' || args.length !== 2)
      return fail('invalid-input', 'A call has a name and an input.');
    const parsed = parseInput(input);
    return parsed.ok ? api.dispatch(FROM_WINDOW, name, parsed.value) : failure(parsed.error);
  });

  const subscription = api.events((event) => {
    for (const window of windows.values()) send(window, CHANNELS.event, event);
  });

  return {
    register(window) {
      const { id } = window.webContents;
      windows.set(id, window);
      return {
        ...disposable(() => void windows.delete(id)),
        show: (target) => {
          send(window, CHANNELS.show, target);
        },
      };
    },
    async dispose() {
      ipcMain.removeHandler(CHANNELS.call);
      windows.clear();
      await subscription.dispose();
    },
  };
}
