import { defineConfig } from 'rolldown';

/** The core and its browser host: one file, with what is seldom or late needed split off. */
export default defineConfig({
  input: { serve: 'main/serve.ts' },
  platform: 'node',
  external: ['keytar'],
  output: {
    dir: 'out/main',
    format: 'esm',
    entryFileNames: '[name].js',
    chunkFileNames: '[name]-[hash].js',
    sourcemap: false,
    minify: 'dce-only',
  },
});
