import { defineConfig } from 'rolldown';
import { thirdPartyNotices } from './third-party.ts';

/**
 * The desktop app's main process, its preload, and the thread that encrypts backups, which the browser host uses too: one
 * file each that loads no other, as a sandboxed preload must be.
 */
export default defineConfig(
  [
    { name: 'index', file: 'main/index.ts', notices: 'third-party.txt' },
    { name: 'preload', file: 'main/hosts/electron/preload.ts', notices: 'third-party-preload.txt' },
    { name: 'backup-worker', file: 'main/backup/age-worker.ts', notices: 'third-party-backup.txt' },
  ].map(({ name, file, notices }) => ({
    input: { [name]: file },
    platform: 'node' as const,
    external: ['electron', 'keytar'],
    plugins: [thirdPartyNotices(notices)],
    output: {
      dir: 'out/main',
      format: 'cjs' as const,
      entryFileNames: '[name].js',
      chunkFileNames: 'index-[name]-[hash].js',
      sourcemap: false,
      minify: { compress: true, mangle: false, codegen: { removeWhitespace: true } },
    },
  })),
);
