import type { SystemPreferences } from 'electron';
import type { SystemAuthentication } from '../../core/host.ts';
import { fail, ok } from '../../lib/result.ts';

/**
 * The Mac's own question, with the password of the account as its second way. Null where there is no Touch ID, and on every other
 * system: Windows Hello and polkit can be asked by native code and installed policies alone.
 */
export const touchId = (
  preferences: Pick<SystemPreferences, 'canPromptTouchID' | 'promptTouchID'>,
  platform: string,
): SystemAuthentication | null =>
  platform !== 'darwin' || !preferences.canPromptTouchID()
    ? null
    : {
        confirm: async (purpose) => {
          try {
            await preferences.promptTouchID(purpose);
            return ok(undefined);
          } catch {
            return fail('denied', 'The Mac did not confirm that it is you.', 'Try again.');
          }
        },
      };
