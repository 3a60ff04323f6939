import { existsSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import type { Exports } from '../exports/ports.ts';
import { rememberedFile } from '../hosts/remembered-file.ts';
import { isoTime, type Clock } from '../lib/clock.ts';
import { DisposableStack, type Disposable } from '../lib/disposable.ts';
import type { Logger } from '../lib/log.ts';
import type { Store } from '../store/ports.ts';

const Remembered = z.lazy(() => z.object({ files: z.array(z.string()).catch([]) }));

/**
 * Remembers the env files of a store that is only in memory: nothing else would know of them once it has ended, also by
 * `kill -9`. Reports those of an earlier session once.
 */
export function rememberSessionFiles(parts: {
  home: string;
  store: Pick<Store, 'vault' | 'activity'>;
  exports: Pick<Exports, 'list' | 'onChange' | 'onRemoved'>;
  clock: Clock;
  logger: Logger;
  print: (line: string) => void;
}): Disposable {
  const { home, store, exports, clock, logger, print } = parts;
  const remembering = new DisposableStack();
  if (store.vault.status.state !== 'session-only') return remembering;
  const memory = rememberedFile(path.join(home, 'session-files.json'), Remembered, logger);
  const left = memory.get().files.filter((file) => existsSync(file));
  if (left.length > 0) {
    const message = leftBehind(left);
    print(message);
    store.activity.append({
      at: isoTime(clock.now()),
      level: 'warning',
      event: 'export.left-behind',
      message,
      connection: null,
      export: null,
    });
  }
  const remember = (): void => {
    const files = exports.list().map(({ file }) => file);
    if (files.join('\0') !== memory.get().files.join('\0')) memory.set({ files });
  };
  remember();
  remembering.add(exports.onChange(remember));
  remembering.add(exports.onRemoved(remember));
  return remembering;
}

const leftBehind = (files: readonly string[]): string =>
  `Env files of an earlier session are no longer kept up to date: ${files.join(', ')}. ` +
  'To have one updated again: tokentray export add <file>. Otherwise delete it, or Tokentray’s lines in it.';
