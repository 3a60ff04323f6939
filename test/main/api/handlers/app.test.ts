import { expect, it } from 'vitest';
import { appHandlers } from '../../../../main/api/handlers/app.ts';
import type { Services } from '../../../../main/api/services.ts';
import { ok } from '../../../../main/lib/result.ts';

const setIn = (state: 'ready' | 'session-only', patch: object) => {
  const settings = {
    get: () => ({ refreshingPaused: false }),
    set: (given: object) => ok({ refreshingPaused: false, ...given }),
  };
  const services = { store: { settings, vault: { status: { state } } } } as unknown as Services;
  return appHandlers(services)['settings.set'](patch, { caller: 'cli' } as never);
};

it.each([
  ['ready', { lockWithScreen: true }, true],
  ['session-only', { lockWithScreen: true }, false],
  ['session-only', { lockAfterIdleMinutes: 5 }, false],
  ['session-only', { lockWithScreen: false }, true],
  ['session-only', { lockAfterIdleMinutes: 0, theme: 'dark' }, true],
] as const)('with the vault %s, settings %j can be set: %s', async (state, patch, is) => {
  expect(await setIn(state, patch)).toMatchObject(is ? { ok: true } : { error: { code: 'unsupported' } });
});
