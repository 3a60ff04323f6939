import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { expect, it } from 'vitest';
import { createBrowserHost } from '../../../../main/hosts/browser/browser-host.ts';
import type { PageMemory } from '../../../../main/hosts/browser/page-memory.ts';
import { systemClock } from '../../../../main/lib/clock.ts';

function hostOn(port: number) {
  let state: PageMemory = { port: 0, pages: [] };
  const memory = {
    get: () => state,
    set: (patch: Partial<PageMemory>) => {
      state = { ...state, ...patch };
    },
  };
  return createBrowserHost({ port, rendererFolder: '/nowhere', memory, clock: systemClock });
}

it('gives a link to whoever asks before the page is served', async () => {
  const host = hostOn(0);
  const attached = host.attach(() => undefined);
  const opened = await host.openWindow({ launch: false });
  expect(opened).toMatchObject({
    ok: true,
    value: { url: expect.stringMatching(/127\.0\.0\.1:[1-9]/) as string },
  });
  expect(await attached).toEqual({ ok: true, value: undefined });
  await host.dispose();
});

it('gives no link where the port is taken', async () => {
  const other = createServer().listen(0, '127.0.0.1');
  await once(other, 'listening');
  const host = hostOn((other.address() as AddressInfo).port);
  const attached = host.attach(() => undefined);
  expect(await host.openWindow({ launch: false })).toMatchObject({
    ok: false,
    error: { code: 'port-taken' },
  });
  expect(await attached).toMatchObject({ ok: false, error: { code: 'port-taken' } });
  await host.dispose();
  other.close();
});
