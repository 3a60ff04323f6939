import type { CloneCodec } from '../clone-codec.ts';
import type { WorldBridge } from './world-bridge.ts';

/** What the preload's world says to the shell. */
export type PreloadMessage =
  | { kind: 'invoke'; id: number; channel: string; args: string }
  | { kind: 'send'; channel: string; args: string }
  | { kind: 'open'; url: string }
  | { kind: 'close' };

/** What the shell calls in the preload's world. */
export interface PreloadWorld {
  settle: (id: number, answer: { value: string } | { error: string }) => void;
  deliver: (channel: string, args: string) => void;
}

/**
 * `electron` as a sandboxed preload gets it, and what a preload may lean on besides. Stands alone: its source runs
 * inside pages, in a world of its own.
 */
export function startPreloadWorld(
  bridge: WorldBridge,
  codec: CloneCodec,
  post: (message: PreloadMessage) => void,
): { world: PreloadWorld; require: (name: string) => unknown; process: object } {
  type Listener = (event: object, ...args: unknown[]) => void;
  const waiting = new Map<number, { resolve: (value: unknown) => void; reject: (fault: Error) => void }>();
  const listeners = new Map<string, Listener[]>();
  let last = 0;

  const off = (channel: string, listener: Listener): object => {
    listeners.set(
      channel,
      (listeners.get(channel) ?? []).filter((each) => each !== listener),
    );
    return ipcRenderer;
  };
  const on = (channel: string, listener: Listener): object => {
    listeners.set(channel, [...(listeners.get(channel) ?? []), listener]);
    return ipcRenderer;
  };
  const ipcRenderer = {
    invoke: (channel: string, ...args: unknown[]) =>
      new Promise((resolve, reject) => {
        const id = ++last;
        // Throws, and so rejects, for what cannot be cloned.
        const text = codec.encode(args);
        waiting.set(id, { resolve, reject });
        post({ kind: 'invoke', id, channel, args: text });
      }),
    send: (channel: string, ...args: unknown[]) => {
      post({ kind: 'send', channel, args: codec.encode(args) });
    },
    on,
    addListener: on,
    once: (channel: string, listener: Listener) => {
      const once: Listener = (...all) => {
        off(channel, once);
        listener(...all);
      };
      return on(channel, once);
    },
    off,
    removeListener: off,
    removeAllListeners: (channel: string) => {
      listeners.delete(channel);
      return ipcRenderer;
    },
  };

  bridge.offer(
    (url: string) => {
      post({ kind: 'open', url });
    },
    () => {
      post({ kind: 'close' });
    },
  );
  const electron = {
    contextBridge: {
      exposeInMainWorld: (name: string, api: unknown) => void bridge.call(0, name, api),
    },
    ipcRenderer,
    // Chromium tells no page where a file is; so says Electron of a file that is nowhere on the disk.
    webUtils: { getPathForFile: () => '' },
  };
  return {
    world: {
      settle: (id, answer) => {
        const waiter = waiting.get(id);
        waiting.delete(id);
        if ('error' in answer) waiter?.reject(new Error(answer.error));
        else waiter?.resolve(codec.decode(answer.value));
      },
      deliver: (channel, args) => {
        const event = { sender: ipcRenderer, ports: [] };
        for (const listener of listeners.get(channel) ?? [])
          listener(event, ...(codec.decode(args) as unknown[]));
      },
    },
    require: (name) => {
      if (name === 'electron' || name === 'electron/renderer') return electron;
      throw new Error(`module not found: ${name}`);
    },
    process: {
      type: 'renderer',
      sandboxed: true,
      contextIsolated: true,
      platform: 'linux',
      versions: {},
      env: {},
    },
  };
}
