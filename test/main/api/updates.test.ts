import { expect, it } from 'vitest';
import { updateHandlers } from '../../../main/api/handlers/updates.ts';
import type { Services } from '../../../main/api/services.ts';
import { FROM_WINDOW } from '../../../main/api/call-from.ts';

it('says that there are none where the host has no updater', () => {
  const handlers = updateHandlers({ host: { updater: null } } as unknown as Services);
  for (const handle of Object.values(handlers)) {
    expect(handle({}, FROM_WINDOW)).toMatchObject({ ok: false, error: { code: 'unsupported' } });
  }
});
