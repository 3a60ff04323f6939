import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { NetworkFault } from '../../../main/lib/network-fault.ts';
import { PacFiles } from '../../../main/network/pac-files.ts';
import { runPac } from '../../../main/network/run-pac.ts';
import { secureContextFor } from '../../../main/network/tls-settings.ts';
import { FakeClock } from '../../fakes/fake-clock.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'tokentray-pac-'));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

const files = (): PacFiles =>
  new PacFiles({
    fetch: () => Promise.reject(new Error('not to be loaded')),
    clock: new FakeClock(),
    run: (script) => Promise.resolve({ ok: true, text: script }),
  });

const url = new URL('https://api.acme.example/');

const problem = async (location: string) => {
  const fault: unknown = await files()
    .route(location, url)
    .catch((thrown: unknown) => thrown);
  return fault instanceof NetworkFault ? fault.problem : fault;
};

describe('a script on disk', () => {
  const script = path.join(folder, 'own proxy.pac');
  writeFileSync(script, 'PROXY proxy.acme.example:8080');

  it.each([
    ['its path', script],
    ['its address, as desktops do', pathToFileURL(script).href],
    ['an address with a host', pathToFileURL(script).href.replace('file://', 'FILE://localhost')],
  ])('is read by %s', async (_, location) => {
    expect(await files().route(location, url)).toMatchObject([{ host: 'proxy.acme.example', port: 8080 }]);
  });

  it('is named when it is not there or on another machine', async () => {
    const none = pathToFileURL(path.join(folder, 'none.pac')).href;
    expect(await problem(none)).toEqual({ kind: 'pac', location: none, reason: 'is not there' });
    if (process.platform !== 'win32')
      expect(await problem('file://other/proxy.pac')).toMatchObject({
        reason: 'is not a path on this machine',
      });
  });

  it('may resolve ten names, each in a run of its own, although it is large', async () => {
    const names = Array.from({ length: 10 }, (_, index) => `dnsResolve('127.0.0.${index + 1}')`);
    const table = "var table = 'x'.repeat(6e6);";
    const large = `${table}\nfunction FindProxyForURL() { return ['DIRECT', ${names.join(', ')}].join(' '); }`;
    expect(await runPac(large, url.href, url.hostname)).toMatchObject({
      ok: true,
      text: expect.stringContaining('127.0.0.10') as string,
    });
  }, 20_000);
});

describe.runIf(process.platform === 'linux')('a FIFO in the place of a file', () => {
  const fifo = path.join(folder, 'fifo');
  execFileSync('mkfifo', [fifo]);

  it('is refused without waiting', async () => {
    expect(await problem(fifo)).toMatchObject({ reason: 'is not a file' });
    const authorities = () => Promise.resolve([]);
    for (const settings of [{ caFile: fifo }, { clientCertificate: { file: fifo } }])
      expect(await secureContextFor(settings, null, authorities)).toMatchObject({
        error: { code: 'io', message: `${fifo} is not a file.` },
      });
  });
});
