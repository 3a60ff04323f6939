import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { expect, test, vi } from 'vitest';
import { ProviderId } from '../../../../contract/ids.ts';
import { exportHandlers } from '../../../../main/api/handlers/exports.ts';
import { FROM_WINDOW } from '../../../../main/api/call-from.ts';
import type { Services } from '../../../../main/api/services.ts';
import { fail, ok } from '../../../../main/lib/result.ts';
import { createRenderer } from '../../../../main/exports/renderer.ts';
import { temporaryFolder } from '../../../fakes/temporary-folder.ts';
import { bundledPresets } from '../../../fakes/bundled-presets.ts';
import { connection, credentials } from '../../exports/sample.ts';

test('a file does not follow a provider that does not exist', async () => {
  const add = vi.fn(() => fail('internal', 'It was added.'));
  const services = {
    store: { vault: { open: () => Promise.resolve(ok(undefined)) } },
    registry: {
      get: () => fail('not-found', 'There is no provider “atlasian”.', 'Did you mean “atlassian”?'),
    },
    exports: { add },
  } as unknown as Services;
  const added = await exportHandlers(services)['exports.add'](
    { file: '/work/.env', provider: ProviderId.parse('atlasian') },
    FROM_WINDOW,
  );
  expect(added).toMatchObject({ error: { code: 'not-found', hint: 'Did you mean “atlassian”?' } });
  expect(add).not.toHaveBeenCalled();
});

test.each([
  ['project', 'project/.env'],
  ['project/.env', 'project/.env'],
  // A Python environment may be called so: nothing is written into it.
  ['project/.env.d', 'project/.env.d'],
  ['missing', 'missing'],
])('of a folder, its .env is written: %s', async (given, written) => {
  const home = temporaryFolder();
  mkdirSync(path.join(home, 'project', '.env.d'), { recursive: true });
  const add = vi.fn((_: { file: string }) => fail('internal', 'Not in this test.'));
  const services = {
    store: { vault: { open: () => Promise.resolve(ok(undefined)) } },
    connections: { resolve: () => ok(connection()) },
    exports: { add },
  } as unknown as Services;
  const input = { file: path.join(home, given), connection: 'acme' };
  await exportHandlers(services)['exports.add'](input, FROM_WINDOW);
  expect(add.mock.calls[0]?.[0].file).toBe(path.join(home, written));
});

test.each([
  ['dotenv', 'ATLASSIAN_ACCESS_TOKEN=••••••••\n'],
  ['powershell', "$env:ATLASSIAN_ACCESS_TOKEN = '••••••••'\n"],
  ['cmd', '@set "ATLASSIAN_ACCESS_TOKEN=••••••••"\n'],
  ['properties', 'ATLASSIAN_ACCESS_TOKEN=••••••••\n'],
] as const)('a preview in %s masks the secret, and quotes it as the file would', async (format, line) => {
  const maskedCredentials = (_: unknown, mask: string) => credentials({ accessToken: mask });
  const services = {
    connections: { resolve: () => ok(connection()), maskedCredentials },
    exports: createRenderer(bundledPresets(), { list: () => [] }, maskedCredentials),
  } as unknown as Services;
  const preview = await exportHandlers(services)['exports.preview']({ format }, FROM_WINDOW);
  if (!preview.ok) throw new Error(preview.error.message);
  expect(preview.value.text).toContain(line);
  expect(preview.value.variables[0]).toMatchObject({ value: '••••••••', secret: true });
});
