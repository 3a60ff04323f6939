import { EventEmitter } from 'node:events';
import { beforeEach, expect, it, vi } from 'vitest';
import type { DesktopBridge } from '../../../../renderer/api/api-client.ts';
import { CHANNELS } from '../../../../main/transports/electron-channels.ts';

const shell = vi.hoisted(() => ({
  exposed: new Map<string, unknown>(),
  invoke: (..._args: unknown[]): Promise<unknown> => Promise.resolve(),
  ipc: null as EventEmitter | null,
}));

// The preload is all side effect on the module `electron`: there is no parameter to give it.
vi.mock('electron', () => ({
  contextBridge: { exposeInMainWorld: (name: string, api: unknown) => shell.exposed.set(name, api) },
  webUtils: { getPathForFile: (file: File) => `/dropped/${file.name}` },
  ipcRenderer: {
    invoke: (...args: unknown[]) => shell.invoke(...args),
    on: (channel: string, listener: (...args: unknown[]) => void) => shell.ipc?.on(channel, listener),
    off: (channel: string, listener: (...args: unknown[]) => void) => shell.ipc?.off(channel, listener),
  },
}));

let bridge: DesktopBridge;
let ipc: EventEmitter;

beforeEach(async () => {
  vi.resetModules();
  shell.exposed.clear();
  ipc = shell.ipc = new EventEmitter();
  await import('../../../../main/hosts/electron/preload.ts');
  bridge = shell.exposed.get('tokentray') as DesktopBridge;
});

it('gives the page four functions and nothing else', () => {
  expect([...shell.exposed.keys()]).toEqual(['tokentray']);
  expect(Object.entries(bridge).map(([verb, value]) => `${verb}: ${typeof value}`)).toEqual([
    'call: function',
    'subscribe: function',
    'onShow: function',
    'pathOf: function',
  ]);
});

it('calls by one channel, whatever the name', async () => {
  const invoked: unknown[][] = [];
  shell.invoke = (...args) => {
    invoked.push(args);
    return Promise.resolve({ ok: true, value: {} });
  };
  expect(await bridge.call('app.stop' as never, {} as never)).toEqual({ ok: true, value: {} });
  expect(invoked).toEqual([[CHANNELS.call, 'app.stop', '{}']]);
});

it('never rejects: a core that is gone is a failure', async () => {
  shell.invoke = () => Promise.reject(new Error('reply was never sent'));
  expect(await bridge.call('status', {})).toMatchObject({ ok: false, error: { code: 'not-reachable' } });
});

it('is live at once, and gives the event without its sender', async () => {
  const heard: unknown[][] = [];
  const states: string[] = [];
  const stop = bridge.subscribe(
    (...event) => heard.push(event),
    (state) => states.push(state),
  );
  await Promise.resolve();
  expect(states).toEqual(['live']);
  ipc.emit(CHANNELS.event, { sender: 'secret' }, { type: 'x' });
  expect(heard).toEqual([[{ type: 'x' }]]);
  stop();
  ipc.emit(CHANNELS.event, {}, { type: 'y' });
  expect(heard).toHaveLength(1);
  expect(ipc.listenerCount(CHANNELS.event)).toBe(0);
});

it('receives what to show until it is stopped', () => {
  const heard: unknown[] = [];
  const stop = bridge.onShow((target) => heard.push(target));
  ipc.emit(CHANNELS.show, {}, { view: 'settings' });
  stop();
  ipc.emit(CHANNELS.show, {}, { view: 'exports' });
  expect(heard).toEqual([{ view: 'settings' }]);
});

it('keeps the latest request until the page listens, and delivers it once', () => {
  ipc.emit(CHANNELS.show, {}, { view: 'settings' });
  ipc.emit(CHANNELS.show, {}, { view: 'exports' });
  const heard: unknown[] = [];
  const listen = (): (() => void) => bridge.onShow((target) => heard.push(target));
  listen()();
  listen();
  expect(heard).toEqual([{ view: 'exports' }]);
});

it('returns the path of a dropped file', () => {
  expect(bridge.pathOf(new File([], '.env'))).toBe('/dropped/.env');
});
