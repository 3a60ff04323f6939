import process from 'node:process';
import type { CallOutput } from '../../../contract/calls.ts';
import { expandTilde } from '../../../contract/paths.ts';
import { isoTime } from '../../lib/clock.ts';
import { homeFolder } from '../../lib/home-folder.ts';
import { fail, type Result } from '../../lib/result.ts';
import { parseKeySource } from '../../store/key-sources/key-source.ts';
import type { NewKeyPlace } from '../../store/rotate-key.ts';
import type { Handlers } from '../dispatcher.ts';
import type { Services } from '../services.ts';

type BackupCalls = Extract<keyof Handlers, `backup.${string}` | `key.${string}`>;

/** Outside a shell, nothing else expands the `~` that people type. */
const HOME = { platform: process.platform, homedir: homeFolder() };

const expanded = <T extends { file: string }>(request: T): T => ({
  ...request,
  file: expandTilde(request.file, HOME) ?? request.file,
});

export function backupHandlers({ store, backups, clock, app }: Services): Pick<Handlers, BackupCalls> {
  async function rotate(place: NewKeyPlace): Promise<Result<CallOutput<'key.rotate'>>> {
    const rotated = await store.rotateKey(place);
    if (!rotated.ok) return rotated;
    store.activity.append({
      at: isoTime(clock.now()),
      level: 'info',
      event: 'key.rotated',
      message: `All secrets were encrypted under a new key from ${rotated.value.source ?? 'the keychain'}.`,
      connection: null,
      export: null,
    });
    return rotated;
  }

  return {
    'backup.create': (request) => backups.create({ ...expanded(request), overwrite: false }),
    'backup.overwrite': (request) => backups.create({ ...expanded(request), overwrite: true }),
    'backup.check': (request) => backups.check(expanded(request)),
    'backup.restore': async (request) => {
      const restored = await backups.restore(expanded(request));
      if (restored.ok) app.restart();
      return restored;
    },
    'key.rotate': () => {
      if (store.keySource === null) return rotate('keychain');
      return fail(
        'unsupported',
        `The key comes from ${store.keySource}, where Tokentray can change nothing.`,
        'Put a new key in another place and name it: tokentray key rotate --to file:/PATH',
      );
    },
    'key.move': ({ to }) => {
      const source = parseKeySource(to, process.env);
      return source.ok ? rotate(source.value ?? 'keychain') : source;
    },
  };
}
