import { readFileSync } from 'node:fs';
import path from 'node:path';
import { ok, type Result } from '../../lib/result.ts';
import { parseKeySource, type KeySource, type KeySourceEnvironment } from './key-source.ts';

/** In the data folder; holds a key source, for starts that have neither the option nor the variable. */
export const KEY_SOURCE_FILE = 'key-source';

export interface KeySourceSelection {
  /** `--key-source`; wins over the variable `TOKENTRAY_KEY_SOURCE`, which wins over the file. */
  option: string | null;
  env: KeySourceEnvironment;
  /** The data folder, which is known to be the user's alone. */
  home: string;
}

/**
 * The key source that was selected; null is the keychain. Fails with `usage` when the selection is not valid, so that
 * nothing else is used instead.
 */
export function selectedKeySource({ option, env, home }: KeySourceSelection): Result<KeySource | null> {
  const selected = option ?? env['TOKENTRAY_KEY_SOURCE'] ?? readSelection(path.join(home, KEY_SOURCE_FILE));
  return selected === null || selected.trim() === '' ? ok(null) : parseKeySource(selected, env);
}

function readSelection(file: string): string | null {
  try {
    return readFileSync(file, 'utf8');
  } catch (fault) {
    if (fault instanceof Error && 'code' in fault && fault.code === 'ENOENT') return null;
    throw fault;
  }
}
