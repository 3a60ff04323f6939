import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Host } from '../../../main/core/host.ts';
import { DisposableStack } from '../../../main/lib/disposable.ts';
import { Emitter } from '../../../main/lib/emitter.ts';
import { fail, ok } from '../../../main/lib/result.ts';
import { startFolders } from '../../../main/start/folders.ts';
import { startCore, type CoreStart } from '../../../main/start/start-core.ts';
import { askRunningApp } from '../../../main/transports/local-client.ts';

let home: string;
let parts: DisposableStack;
let events: string[];

beforeEach(() => {
  home = mkdtempSync(path.join(tmpdir(), 'tokentray-start-core-'));
  parts = new DisposableStack();
  events = [];
});
afterEach(async () => {
  await parts.dispose();
  rmSync(home, { recursive: true, force: true });
});

const host: Host = {
  kind: 'browser',
  clipboard: null,
  onPower: new Emitter<never>().event,
  updater: null,
  openUrl: () => Promise.resolve(ok(undefined)),
  openWindow: ({ launch }) => {
    events.push(`open ${String(launch)}`);
    return Promise.resolve(ok({ url: launch ? null : 'http://127.0.0.1/open/once' }));
  },
  dispose: () => {
    events.push('host ended');
  },
};

function started(overrides: Partial<CoreStart<Host>> = {}) {
  const folders = startFolders(
    {
      platform: process.platform,
      env: { TOKENTRAY_HOME: home },
      homedir: home,
      uid: process.getuid?.() ?? null,
    },
    false,
  );
  return {
    folders,
    result: startCore({
      folders,
      startCommand: 'tokentray serve',
      options: {
        sandbox: false,
        sandboxTtlSeconds: null,
        sandboxUnregistered: false,
        sessionOnly: true,
        onlyIfUsed: false,
        keySource: null,
      },
      launch: false,
      print: () => undefined,
      parts,
      createHost: () => Promise.resolve(ok(host)),
      attach: () => Promise.resolve(ok(undefined)),
      isEnding: () => false,
      stop: () => undefined,
      restart: () => undefined,
      openSandbox: () => Promise.resolve(fail('unsupported', 'no sandbox here')),
      ...overrides,
    }),
  };
}

it('answers on the socket before the host is attached, and opens the vault after it', async () => {
  const { folders, result } = started({
    attach: async (_host, core) => {
      const status = await askRunningApp(folders.socket, folders.home, 'status', {});
      events.push(`answers ${String(status?.running)}`, core.services.store.vault.status.state);
      return ok(undefined);
    },
  });
  expect(await result).toEqual({ ok: true, value: { state: 'started', host, sandboxUrl: null } });
  expect(events).toEqual(['answers true', 'session-only']);
});

it('hands over to the app that is running, and creates nothing of its own', async () => {
  await started().result;
  const second = started({ createHost: () => Promise.reject(new Error('only one host')) });
  expect(await second.result).toEqual({
    ok: true,
    value: { state: 'already-running', url: 'http://127.0.0.1/open/once' },
  });
  expect(events).toEqual(['open false']);
});

it.each(['createHost', 'attach'])('leaves what was opened to be disposed of when %s fails', async (step) => {
  const failed = started({ [step]: () => Promise.resolve(fail('port-taken', 'taken')) });
  expect(await failed.result).toMatchObject({ ok: false, error: { code: 'port-taken' } });
  await parts.dispose();
  // The writer lock is free again.
  expect(await started().result).toMatchObject({ ok: true, value: { state: 'started' } });
});

it.each([true, false])('starts the core unless the app is ending already (ending: %s)', async (ending) => {
  let woken = false;
  await started({
    attach: (_host, core) => {
      const { start } = core;
      core.start = () => {
        woken = true;
        start();
      };
      return Promise.resolve(ok(undefined));
    },
    isEnding: () => ending,
  }).result;
  expect(woken).toBe(!ending);
});
