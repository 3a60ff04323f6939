import path from 'node:path';
import process from 'node:process';
import type { CommandUse } from '../../contract/example.ts';
import { checkoutOf } from '../mcp-clients/helper-command.ts';
import { commandForm } from './command-form.ts';
import type { Host } from './host.ts';

/** How commands are written on this machine, by people and in programs. */
export function commandUse(host: Pick<Host, 'kind'>, sandbox: boolean): CommandUse {
  const checkout = checkoutOf(import.meta.dirname);
  return {
    typed: commandForm(host, sandbox).program,
    program: checkout === null ? [packaged()] : [checkout.node, checkout.file],
    sandbox,
    shell: process.platform === 'win32' ? 'windows' : 'posix',
  };
}

/** Programs that were not started by a shell may not have its PATH. An AppImage is at another place at each start. */
function packaged(): string {
  const { resourcesPath } = process as { resourcesPath?: string };
  if (resourcesPath === undefined || process.env['APPIMAGE'] !== undefined) return 'tokentray';
  return path.join(resourcesPath, 'bin', process.platform === 'win32' ? 'tokentray.cmd' : 'tokentray');
}
