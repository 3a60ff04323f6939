import { expect, it } from 'vitest';
import type { KeychainStatus } from '../../../contract/status.ts';
import { Emitter } from '../../../main/lib/emitter.ts';
import { silentLogger } from '../../../main/lib/log.ts';
import { fail } from '../../../main/lib/result.ts';
import { wakeWithKeychain } from '../../../main/core/wake.ts';
import { FakeClock } from '../../fakes/fake-clock.ts';

it.each([
  // Each question may put a window before the person.
  ['keychain-locked', [0, 15, 75, 375, 975]],
  ['keychain-missing', [0, 15, 45, 75, 105]],
] as const)('with %s the keychain is asked again after %j seconds', async (code, times) => {
  const clock = new FakeClock();
  const asked: number[] = [];
  const refused = fail(code, 'No.');
  const status: KeychainStatus = { state: 'unavailable', error: refused.error };
  wakeWithKeychain({
    vault: {
      status,
      onStatus: new Emitter<KeychainStatus>().event,
      open: () => {
        asked.push(clock.monotonicMs() / 1000);
        return Promise.resolve(refused);
      },
      encrypt: () => refused,
      decrypt: () => refused,
    },
    clock,
    logger: silentLogger,
    scheduler: { start: () => expect.unreachable() },
    exports: { start: () => undefined },
  });
  await clock.advanceAsync((times.at(-1) ?? 0) * 1000 + 5000);
  expect(asked).toEqual(times);
});
