import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { systemClock } from '../../main/lib/clock.ts';
import { startSandbox, type Sandbox } from '../../main/sandbox/start-sandbox.ts';
import type { ConnectionRecord } from '../../main/store/records.ts';
import { proxyParts, registryOf, type ProxyParts } from '../fakes/proxy-parts.ts';

const run = promisify(execFile);

let sandbox: Sandbox;
let parts: ProxyParts;
let ana: ConnectionRecord;
let token: string;
let cloudId: string;

beforeAll(async () => {
  sandbox = await startSandbox({ clock: systemClock });
  parts = proxyParts({
    registry: registryOf(sandbox.definitions),
    services: sandbox.services,
  });
  const scoped = sandbox.control.credentials().apiTokens.find((entry) => entry.scoped);
  if (scoped === undefined) throw new Error('the sandbox has no token with scopes');
  token = scoped.token;
  cloudId = '11111111-a5e1-4c3e-9b6a-0000000ac3e0';
  ana = parts.connect(
    {
      name: 'acme',
      method: 'api-token',
      grant: null,
      sent: { as: 'basic', username: scoped.email },
      site: { cloudId, name: 'acme', url: 'https://acme.atlassian.net', products: ['jira', 'confluence'] },
    },
    token,
  );
});
afterAll(async () => {
  await parts.dispose();
  await sandbox.dispose();
});

const env = (given: Record<string, string>) => ({ PATH: process.env['PATH'], HOME: parts.home, ...given });

test('curl', async () => {
  const started = await parts.begin([ana]);
  const { stdout } = await run(
    'curl',
    ['-sS', '-i', `https://api.atlassian.com/ex/jira/${cloudId}/rest/api/3/myself`],
    { env: env(started.env) },
  );
  expect(stdout).toContain('ana@acme.example');
  started.end();
});
