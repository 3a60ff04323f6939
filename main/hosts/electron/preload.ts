import { contextBridge, ipcRenderer, webUtils, type IpcRendererEvent } from 'electron';
import type { CallInput, CallName, CallOutput } from '../../../contract/calls.ts';
import type { CoreEvent } from '../../../contract/events.ts';
import type { ShowTarget } from '../../../contract/show.ts';
import type { Result } from '../../lib/result.ts';
import { CHANNELS } from '../../transports/electron-channels.ts';

/** Listens to a channel until the returned function is called. The page never gets the event with its `sender`. */
function listen(channel: string, listener: (message: unknown) => void): () => void {
  const onMessage = (_event: IpcRendererEvent, message: unknown): void => {
    listener(message);
  };
  ipcRenderer.on(channel, onMessage);
  return () => {
    ipcRenderer.off(channel, onMessage);
  };
}

/** The page starts to listen some time after it has loaded; until then the latest request to show something is kept. */
let requested: ShowTarget | null = null;
let onShow: ((target: ShowTarget) => void) | null = null;

function showTarget(target: ShowTarget): void {
  requested = onShow === null ? target : null;
  onShow?.(target);
}

listen(CHANNELS.show, (message) => {
  showTarget(message as ShowTarget);
});

const notReachable: Result<never> = {
  ok: false,
  error: {
    code: 'not-reachable',
    message: 'Tokentray is quitting, so nothing was changed.',
    hint: 'Start it again and retry.',
  },
};

/** All that the page gets from Electron: four functions. */
contextBridge.exposeInMainWorld('tokentray', {
  async call<K extends CallName>(name: K, input: CallInput<K>): Promise<Result<CallOutput<K>>> {
    try {
      return (await ipcRenderer.invoke(CHANNELS.call, name, JSON.stringify(input))) as Result<CallOutput<K>>;
    } catch {
      // The core returns failures as values; this happens only if the core is gone or the input cannot be sent.
      return notReachable;
    }
  },
  subscribe(listener: (event: CoreEvent) => void, onState: (state: 'live') => void): () => void {
    const stop = listen(CHANNELS.event, (message) => {
      listener(message as CoreEvent);
    });
    // The core always runs as long as its windows do.
    queueMicrotask(() => {
      onState('live');
    });
    return stop;
  },
  onShow(listener: (target: ShowTarget) => void): () => void {
    onShow = listener;
    if (requested !== null) showTarget(requested);
    return () => {
      onShow = null;
    };
  },
  pathOf: (file: File): string => webUtils.getPathForFile(file),
});
