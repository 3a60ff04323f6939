import { EventEmitter } from 'node:events';
import type { StandInWebContents, StandInFrame } from './windows.ts';

export interface IpcSender {
  sender: StandInWebContents;
  senderFrame: StandInFrame;
  frameId: number;
  processId: number;
  type: 'frame';
}

type Handler = (event: IpcSender, ...args: unknown[]) => unknown;
type IpcShape = Record<
  Extract<keyof Electron.IpcMain, 'handle' | 'handleOnce' | 'removeHandler'>,
  (channel: string, listener: Handler) => void
>;

/** `ipcMain`, and the `ipc` of one web contents. */
export class StandInIpcMain extends EventEmitter implements IpcShape {
  readonly #handlers = new Map<string, Handler>();

  handle = (channel: string, listener: Handler): void => {
    if (this.#handlers.has(channel)) {
      throw new Error(`Attempted to register a second handler for '${channel}'`);
    }
    this.#handlers.set(channel, listener);
  };

  handleOnce = (channel: string, listener: Handler): void => {
    this.handle(channel, (...args) => {
      this.removeHandler(channel);
      return listener(...args);
    });
  };

  removeHandler = (channel: string): void => void this.#handlers.delete(channel);

  handles = (channel: string): boolean => this.#handlers.has(channel);

  async invoked(channel: string, event: IpcSender, args: unknown[]): Promise<unknown> {
    const handler = this.#handlers.get(channel);
    if (!handler) throw new Error(`No handler registered for '${channel}'`);
    return await handler(event, ...args);
  }
}

export const ipcMain = new StandInIpcMain();
