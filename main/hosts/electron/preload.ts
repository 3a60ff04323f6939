import { contextBridge, ipcRenderer, webUtils, type IpcRendererEvent } from 'electron';
import type { CallInput, CallName, CallOutput } from '../../../contract/calls.ts';
import type { CoreEvent } from '../../../contract/events.ts';
import type { ShowTarget } from '../../../contract/show.ts';
import type { Result } from '../../lib/result.ts';
import { CHANNELS } from '../../transports/electron-channels.ts';

/** Hears one channel until the returned function is called; the page never gets the event with its `sender`. */
function hear(channel: string, listener: (message: unknown) => void): () => void {
  const heard = (_event: IpcRendererEvent, message: unknown): void => {
    listener(message);
  };
  ipcRenderer.on(channel, heard);
  return () => {
    ipcRenderer.off(channel, heard);
  };
}

/** The page begins to listen some time after it has loaded; the latest that it was asked to show waits for that. */
let asked: ShowTarget | null = null;
let onShow: ((target: ShowTarget) => void) | null = null;

function showAsked(target: ShowTarget): void {
  asked = onShow === null ? target : null;
  onShow?.(target);
}

hear(CHANNELS.show, (message) => {
  showAsked(message as ShowTarget);
});

const notReachable: Result<never> = {
  ok: false,
  error: {
    code: 'not-reachable',
    message: 'Tokentray is ending, so nothing was changed.',
    hint: 'Start it again, then try once more.',
  },
};

/** All that the page gets of Electron: four verbs. */
contextBridge.exposeInMainWorld('tokentray', {
  async call<K extends CallName>(name: K, input: CallInput<K>): Promise<Result<CallOutput<K>>> {
    try {
      return (await ipcRenderer.invoke(CHANNELS.call, name, JSON.stringify(input))) as Result<CallOutput<K>>;
    } catch {
      // The core answers with values; only a core that is gone, or an input that cannot be sent, comes to this.
      return notReachable;
    }
  },
  subscribe(listener: (event: CoreEvent) => void, onState: (state: 'live') => void): () => void {
    const stop = hear(CHANNELS.event, (message) => {
      listener(message as CoreEvent);
    });
    // The core and its windows live and end together.
    queueMicrotask(() => {
      onState('live');
    });
    return stop;
  },
  onShow(listener: (target: ShowTarget) => void): () => void {
    onShow = listener;
    if (asked !== null) showAsked(asked);
    return () => {
      onShow = null;
    };
  },
  pathOf: (file: File): string => webUtils.getPathForFile(file),
});
