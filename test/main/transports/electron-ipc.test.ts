import type { BrowserWindow, IpcMainInvokeEvent } from 'electron';
import { beforeEach, describe, expect, it } from 'vitest';
import type { CoreEvent } from '../../../contract/events.ts';
import { disposable } from '../../../main/lib/disposable.ts';
import { isOwnPage } from '../../../main/hosts/electron/own-page.ts';
import { Emitter } from '../../../main/lib/emitter.ts';
import { ok } from '../../../main/lib/result.ts';
import { CHANNELS } from '../../../main/transports/electron-channels.ts';
import { serveWindows, type WindowTransport } from '../../../main/transports/electron-ipc.ts';

type Handler = (event: IpcMainInvokeEvent, ...args: unknown[]) => Promise<unknown>;
interface Frame {
  url: string;
}

const PAGE = 'app://tokentray/';

/** A window as the transport sees it. */
function aWindow(id: number): {
  window: BrowserWindow;
  frame: Frame;
  sent: unknown[][];
  destroy: () => void;
} {
  const frame: Frame = { url: PAGE };
  const sent: unknown[][] = [];
  let destroyed = false;
  const webContents = {
    id,
    mainFrame: frame,
    isDestroyed: () => destroyed,
    send: (...message: unknown[]) => {
      if (destroyed) throw new TypeError('Object has been destroyed');
      sent.push(message);
    },
  };
  return {
    window: { webContents, isDestroyed: () => destroyed } as unknown as BrowserWindow,
    frame,
    sent,
    destroy: () => {
      destroyed = true;
    },
  };
}

let handlers: Map<string, Handler>;
let events: Emitter<CoreEvent>;
/** How many listen to the core's events. */
let listening: number;
let dispatched: unknown[][];
let transport: WindowTransport;

const invoke = (
  { window }: ReturnType<typeof aWindow>,
  args: unknown[],
  senderFrame: unknown = window.webContents.mainFrame,
): Promise<unknown> =>
  handlers.get(CHANNELS.call)!({ sender: window.webContents, senderFrame } as IpcMainInvokeEvent, ...args);

const refused = (code: string): unknown => ({
  ok: false,
  error: expect.objectContaining({ code }) as unknown,
});

beforeEach(() => {
  handlers = new Map();
  events = new Emitter();
  listening = 0;
  dispatched = [];
  transport = serveWindows({
    ipcMain: {
      handle: (channel, handler) => void handlers.set(channel, handler as Handler),
      removeHandler: (channel) => void handlers.delete(channel),
    },
    api: {
      dispatch: (...call) => {
        dispatched.push(call);
        return Promise.resolve(ok('answer'));
      },
      events: (listener) => {
        listening += 1;
        const subscription = events.event(listener);
        return disposable(() => {
          listening -= 1;
          return subscription.dispose();
        });
      },
    },
    isOwnPage,
  });
});

describe('calls', () => {
  it('of a registered window reach the core as those of a window', async () => {
    const one = aWindow(1);
    transport.register(one.window);
    expect(await invoke(one, ['status', '{}'])).toEqual({ ok: true, value: 'answer' });
    expect(dispatched).toEqual([[{ caller: 'window' }, 'status', {}]]);
  });

  it('of a window that is not registered, or no longer, are refused', async () => {
    const one = aWindow(1);
    expect(await invoke(one, ['status', '{}'])).toEqual(refused('forbidden'));
    await transport.register(one.window).dispose();
    expect(await invoke(one, ['status', '{}'])).toEqual(refused('forbidden'));
    expect(dispatched).toEqual([]);
  });

  it.each([
    ['a frame inside the page', { url: PAGE }],
    ['no frame: the page has gone on', null],
  ])('of %s are refused', async (_, frame) => {
    const one = aWindow(1);
    transport.register(one.window);
    expect(await invoke(one, ['status', '{}'], frame)).toEqual(refused('forbidden'));
    expect(dispatched).toEqual([]);
  });

  it.each(['https://tokentray/', 'app://tokentray.evil/', 'app://evil@tokentray/', 'about:blank', ''])(
    'of the page %s in the window’s own frame are refused',
    async (url) => {
      const one = aWindow(1);
      transport.register(one.window);
      one.frame.url = url;
      expect(await invoke(one, ['status', '{}'])).toEqual(refused('forbidden'));
    },
  );

  it.each<[string, unknown[]]>([
    ['nothing', []],
    ['a name alone', ['status']],
    ['a name that is none', [1, '{}']],
    ['too much', ['status', '{}', '{}']],
    ['no input', ['status', undefined]],
    ['an object, however small', ['status', {}]],
    ['text that is no JSON', ['status', '{x}']],
    ['more than 256 KiB', ['status', JSON.stringify('x'.repeat(256 * 1024))]],
  ])('with %s are refused as errors', async (_, args) => {
    const one = aWindow(1);
    transport.register(one.window);
    expect(await invoke(one, args)).toEqual(refused('invalid-input'));
    expect(dispatched).toEqual([]);
  });

  it('are answered no more after the end', async () => {
    await transport.dispose();
    expect(handlers.size).toBe(0);
    expect(listening).toBe(0);
  });
});

describe('events', () => {
  const removed = { type: 'connection-removed', id: 'x' } as unknown as CoreEvent;

  it('reach every registered window, and no other', async () => {
    const [one, two, three] = [aWindow(1), aWindow(2), aWindow(3)];
    transport.register(one.window);
    const second = transport.register(two.window);
    events.emit(removed);
    await second.dispose();
    events.emit(removed);
    expect([one, two, three].map(({ sent }) => sent.length)).toEqual([2, 1, 0]);
    expect(one.sent[0]).toEqual([CHANNELS.event, removed]);
  });

  it('are not sent to a window that is gone', () => {
    const one = aWindow(1);
    transport.register(one.window);
    one.destroy();
    expect(() => {
      events.emit(removed);
    }).not.toThrow();
  });

  it('what to show goes to that window alone', () => {
    const [one, two] = [aWindow(1), aWindow(2)];
    transport.register(one.window).show({ view: 'settings' });
    transport.register(two.window);
    expect(one.sent).toEqual([[CHANNELS.show, { view: 'settings' }]]);
    expect(two.sent).toEqual([]);
  });
});
