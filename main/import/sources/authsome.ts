import path from 'node:path';
import type { Source } from '../source.ts';

/** authsome keeps what it has encrypted, in a store of its own process: only it can hand a token out. */
export const authsome: Source = {
  id: 'authsome',
  name: 'authsome',
  looksAt: '~/.authsome',
  takesFile: false,
  // oxlint-disable-next-line typescript/require-await -- the port is asynchronous
  async find({ env, home, list, read, note }) {
    const folder = env['AUTHSOME_HOME'] ?? path.join(home, '.authsome');
    if (list(folder).length === 0) return [];
    note(
      { kind: 'file', path: folder },
      'authsome encrypts its store, and renews what is in it. Sign in again here with the same OAuth client (tokentray clients add, then tokentray connect), or let authsome write a token to an env file and import that.',
    );
    for (const key of [path.join(folder, 'server', 'master.key'), path.join(folder, 'master.key')])
      if (read(key) !== null)
        note({ kind: 'file', path: key }, 'The key of authsome’s store is in this file.', 'encryption key');
    return [];
  },
};
