import process from 'node:process';
import { fail, ok, type Result } from '../../lib/result.ts';
import { withInheritedSettings } from '../../lib/inherited-settings.ts';
import { openableAddress } from '../openable-address.ts';

/** The program that opens an address on a platform; the address is a single argument and never passes through a shell. */
export function openerFor(
  platform: string,
  env: Readonly<Record<string, string | undefined>>,
): readonly [string, ...string[]] | null {
  if (platform === 'darwin') return ['open'];
  if (platform === 'win32') return ['rundll32.exe', 'url.dll,FileProtocolHandler'];
  const browser = env['BROWSER'];
  if (browser !== undefined && browser !== '' && !/[\s:%]/.test(browser)) return [browser];
  if (env['WSL_DISTRO_NAME'] !== undefined) return ['rundll32.exe', 'url.dll,FileProtocolHandler'];
  return env['DISPLAY'] === undefined && env['WAYLAND_DISPLAY'] === undefined ? null : ['xdg-open'];
}

/** Opens an https address, or an http one on this machine, in the user's browser. */
export async function openUrl(address: string): Promise<Result<void>> {
  const hint = 'Open the address manually in any browser.';
  const openable = openableAddress(address);
  if (!openable.ok) return openable;
  const opener = openerFor(process.platform, process.env);
  if (opener === null) return fail('unsupported', 'There is no display to open a browser on.', hint);
  const [command, ...args] = opener;
  // Loaded only when needed: a start in the background opens nothing.
  const { spawn } = await import('node:child_process');
  return new Promise((resolve) => {
    const child = withInheritedSettings(() =>
      spawn(command, [...args, openable.value], { stdio: 'ignore', detached: true }),
    );
    child.once('error', () => {
      resolve(fail('unsupported', `The browser could not be started with ${command}.`, hint));
    });
    child.once('spawn', () => {
      child.unref();
      resolve(ok(undefined));
    });
  });
}
