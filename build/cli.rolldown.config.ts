import { defineConfig } from 'rolldown';
import { thirdPartyNotices } from './third-party.ts';

/**
 * The command line. CommonJS and minified, one file a command: Node starts it 4 ms sooner than as ES modules and
 * 1 ms sooner than with comments, and only the command that is asked for is read at all.
 */
export default defineConfig({
  input: { tokentray: 'cli/tokentray.ts' },
  platform: 'node',
  plugins: [thirdPartyNotices('third-party.txt')],
  output: {
    dir: 'out/cli',
    format: 'cjs',
    banner: (chunk) => (chunk.isEntry ? '#!/usr/bin/env -S node --' : ''),
    entryFileNames: '[name].cjs',
    chunkFileNames: '[name].cjs',
    sourcemap: false,
    minify: true,
  },
});
