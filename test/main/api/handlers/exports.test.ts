import { expect, test, vi } from 'vitest';
import { ProviderId } from '../../../../contract/ids.ts';
import { exportHandlers } from '../../../../main/api/handlers/exports.ts';
import { FROM_WINDOW } from '../../../../main/api/call-from.ts';
import type { Services } from '../../../../main/api/services.ts';
import { fail, ok } from '../../../../main/lib/result.ts';

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
