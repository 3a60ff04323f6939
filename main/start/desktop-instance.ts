import { mkdirSync } from 'node:fs';
import path from 'node:path';
import type { ElectronApi } from '../hosts/electron/electron-api.ts';
import { StartRequests, type StartMessage } from '../hosts/electron/start-requests.ts';
import { ok, type Result } from '../lib/result.ts';
import { preparePrivateFolder } from '../store/private-files.ts';

/**
 * Makes this the only desktop app of a data folder, and receives what other starts ask of it; null if another one is
 * running, which was sent `message`.
 */
export function becomeOnlyInstance(
  app: ElectronApi['app'],
  home: string,
  message: StartMessage,
): Result<StartRequests | null> {
  const prepared = preparePrivateFolder(home);
  if (!prepared.ok) return prepared;
  // Chromium's own files; one instance per data folder.
  const profile = path.join(home, 'electron');
  mkdirSync(profile, { recursive: true, mode: 0o700 });
  app.setPath('userData', profile);
  app.setAppUserModelId('dev.tokentray.app');
  // The arguments of a second start may arrive reordered or with Chromium's own among them; this data arrives unchanged.
  if (!app.requestSingleInstanceLock(message)) return ok(null);
  // Registered first: another start may come while this one is still in progress.
  const requests = new StartRequests();
  app.on('second-instance', (_event, _argv, _folder, second) => {
    requests.receive(second);
  });
  app.on('before-quit', () => {
    requests.setEnding(true);
  });
  return ok(requests);
}
