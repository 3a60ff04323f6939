import { expect, test, vi } from 'vitest';
import { ProviderId } from '../../../../contract/ids.ts';
import { exportHandlers } from '../../../../main/api/handlers/exports.ts';
import { FROM_WINDOW } from '../../../../main/api/call-from.ts';
import type { Services } from '../../../../main/api/services.ts';
import { fail, ok } from '../../../../main/lib/result.ts';
import type { ExportRequest } from '../../../../main/exports/ports.ts';
import { render } from '../../../../main/exports/render.ts';
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

test('a file has the format that its name stands for, unless another is named', async () => {
  const asked: ExportRequest[] = [];
  const services = {
    store: { vault: { open: () => Promise.resolve(ok(undefined)) } },
    connections: { resolve: () => ok(connection()) },
    folders: { boundTo: () => ok(null) },
    exports: { add: (request: ExportRequest) => asked.push(request) && fail('io', 'not here') },
  } as unknown as Services;
  const { 'exports.add': add } = exportHandlers(services);
  await add({ file: '/work/.env' }, FROM_WINDOW);
  await add({ file: '/work/tokens.yml' }, FROM_WINDOW);
  await add({ file: '/work/tokens.yml', format: 'bash' }, FROM_WINDOW);
  expect(asked.map(({ format }) => format)).toEqual(['dotenv', 'yaml', 'bash']);
});

test.each([
  ['dotenv', 'ATLASSIAN_ACCESS_TOKEN=••••••••\n'],
  ['powershell', "$env:ATLASSIAN_ACCESS_TOKEN = '••••••••'\n"],
  ['cmd', '@set "ATLASSIAN_ACCESS_TOKEN=••••••••"\n'],
  ['properties', 'ATLASSIAN_ACCESS_TOKEN=••••••••\n'],
] as const)('a preview in %s masks the secret, and quotes it as the file would', async (format, line) => {
  const services = {
    connections: {
      resolve: () => ok(connection()),
      maskedCredentials: (_: unknown, mask: string) => credentials({ accessToken: mask }),
    },
    exports: { render },
  } as unknown as Services;
  const preview = await exportHandlers(services)['exports.preview']({ format }, FROM_WINDOW);
  if (!preview.ok) throw new Error(preview.error.message);
  expect(preview.value.text).toContain(line);
  expect(preview.value.variables[0]).toMatchObject({ value: '••••••••', secret: true });
});
