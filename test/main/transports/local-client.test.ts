import { chmodSync, chownSync, mkdtempSync, rmSync, statSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { askRunningApp } from '../../../main/transports/local-client.ts';
import { listenOnLocalSocket } from '../../../main/transports/local-socket.ts';
import { FakeCore } from '../../fakes/fake-core.ts';

const root = process.getuid?.() === 0;
let home: string;
let socket: string;
let core: FakeCore;

beforeEach(async () => {
  home = mkdtempSync(path.join(tmpdir(), 'tokentray-client-'));
  socket = path.join(home, 'run', 'api.sock');
  core = await FakeCore.listen(socket, { 'app.open': () => ({ url: 'http://127.0.0.1:1/' }) });
});
afterEach(async () => {
  await core.close();
  rmSync(home, { recursive: true });
});

const ask = () => askRunningApp(socket, home, 'app.open', { launch: false });

describe('asking the running app', () => {
  it('gives its answer', async () => {
    expect(await ask()).toEqual({ url: 'http://127.0.0.1:1/' });
  });

  it('sends no byte into a folder that others may write to', async () => {
    chmodSync(path.join(home, 'run'), 0o777);
    expect(await ask()).toBeNull();
    expect(core.calls).toEqual([]);
  });

  it.runIf(root)('sends no byte to a socket of another user, whoever owns the folder', async () => {
    chownSync(socket, 1234, 1234);
    expect(await ask()).toBeNull();
    chownSync(socket, 0, 0);
    chownSync(home, 1234, 1234);
    expect(await ask()).toBeNull();
    expect(core.calls).toEqual([]);
  });

  it.each(['null', '[]', '7', '"x"', '{}', '{"url":7}', 'no JSON', ''])(
    'takes an odd answer for none: %s',
    async (body) => {
      core.raw = (_, response) => response.writeHead(200).end(body);
      expect(await ask()).toBeNull();
    },
  );
});

describe('listening', () => {
  const listen = () => listenOnLocalSocket(path.join(home, 'own', 'api.sock'), home, () => undefined);

  it('takes a folder of its own, closed to others', async () => {
    const listening = await listen();
    expect(listening.ok).toBe(true);
    expect(statSync(path.join(home, 'own')).mode & 0o777).toBe(0o700);
    if (listening.ok) await listening.value.dispose();
  });

  it('does not listen below a folder that others may write to', async () => {
    chmodSync(home, 0o777);
    expect(await listen()).toMatchObject({ ok: false, error: { code: 'refused' } });
  });

  it('does not listen in a folder that is a link', async () => {
    symlinkSync(path.join(home, 'run'), path.join(home, 'own'));
    expect(await listen()).toMatchObject({ ok: false, error: { code: 'refused' } });
  });

  it.runIf(root)('does not listen below another user’s folder', async () => {
    chownSync(home, 1234, 1234);
    expect(await listen()).toMatchObject({ ok: false, error: { code: 'refused' } });
  });
});
