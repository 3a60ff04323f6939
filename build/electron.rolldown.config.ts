import { defineConfig } from 'rolldown';
import { ES_MODULES } from './es-modules.ts';
import { thirdPartyNotices } from './third-party.ts';

const NOTICES = 'third-party.txt';

/**
 * The desktop app's main process, its preload, and the workers of both hosts for PAC files and backups: one file each that loads no
 * other, as a sandboxed preload and a worker inside an archive must be.
 */
export default defineConfig(
  [
    { input: { index: 'main/index.ts' }, notices: NOTICES, codeSplitting: true },
    { input: { preload: 'main/hosts/electron/preload.ts' }, notices: NOTICES, codeSplitting: false },
    {
      input: { 'pac-worker': 'main/network/pac-worker.ts' },
      notices: 'third-party-pac-worker.txt',
      codeSplitting: false,
    },
    {
      input: { 'backup-worker': 'main/backup/age-worker.ts' },
      notices: 'third-party-backup.txt',
      codeSplitting: false,
    },
  ].map(({ input, notices, codeSplitting }) => ({
    input,
    platform: 'node' as const,
    external: ['electron', 'keytar'],
    resolve: { alias: ES_MODULES },
    plugins: [thirdPartyNotices(notices)],
    output: {
      dir: 'out/main',
      format: 'cjs' as const,
      codeSplitting,
      entryFileNames: '[name].js',
      chunkFileNames: 'index-[name]-[hash].js',
      sourcemap: false,
      minify: { compress: true, mangle: false, codegen: { removeWhitespace: true } },
    },
  })),
);
