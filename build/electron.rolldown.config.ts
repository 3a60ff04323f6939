import { defineConfig } from 'rolldown';
import { thirdPartyNotices } from './third-party.ts';

/** The desktop app's main process, and its preload: one file each that loads no other, as a sandboxed preload must be. */
export default defineConfig(
  [{ index: 'main/index.ts' }, { preload: 'main/hosts/electron/preload.ts' }].map((input) => ({
    input,
    platform: 'node' as const,
    external: ['electron', 'keytar'],
    plugins: [thirdPartyNotices('third-party.txt')],
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
