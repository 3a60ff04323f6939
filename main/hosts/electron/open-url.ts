import type { Shell } from 'electron';
import { fail, ok, type Result } from '../../lib/result.ts';
import { withInheritedSettings } from '../../lib/inherited-settings.ts';
import { openableAddress } from '../openable-address.ts';

/** Opens an https address, or an http one on this machine, in the user's browser. */
export async function openUrl(shell: Pick<Shell, 'openExternal'>, address: string): Promise<Result<void>> {
  const openable = openableAddress(address);
  if (!openable.ok) return openable;
  try {
    // On Linux the browser is a child process, started during the call.
    await withInheritedSettings(() => shell.openExternal(openable.value));
    return ok(undefined);
  } catch {
    return fail(
      'unsupported',
      'The browser could not be started.',
      'Open the address manually in any browser.',
    );
  }
}
