import { expect, it } from 'vitest';
import { updateHandlers } from '../../../main/api/handlers/updates.ts';
import type { Services } from '../../../main/api/services.ts';

it('says that there are none where the host has no updater', () => {
  const handlers = updateHandlers({ host: { updater: null } } as unknown as Services);
  for (const handle of Object.values(handlers)) {
    expect(handle({})).toMatchObject({ ok: false, error: { code: 'unsupported' } });
  }
});
