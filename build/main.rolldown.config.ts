import { defineConfig, type Plugin } from 'rolldown';
import { ES_MODULES } from './es-modules.ts';
import { lazyBuiltins } from './lazy-builtins.ts';
import { thirdPartyNotices } from './third-party.ts';

/** The checkout's package.json makes every `.js` an ES module. */
const packageType: Plugin = {
  name: 'package-type',
  generateBundle() {
    this.emitFile({ type: 'asset', fileName: 'package.json', source: '{ "type": "commonjs" }\n' });
  },
};

/**
 * The core and its browser host: one file, with what is seldom or late needed split off. CommonJS starts a quarter
 * sooner: Node reads every export of a built-in module for an ES module, and some of `node:http`'s load much more.
 */
export default defineConfig({
  input: { serve: 'main/serve.ts' },
  platform: 'node',
  external: ['keytar'],
  resolve: { alias: ES_MODULES },
  plugins: [
    packageType,
    lazyBuiltins([
      'node:child_process',
      'node:crypto',
      'node:dns/promises',
      'node:fs/promises',
      'node:https',
      'node:tls',
      'node:v8',
      'node:vm',
      'node:worker_threads',
    ]),
    thirdPartyNotices('third-party-browser-host.txt'),
  ],
  output: {
    dir: 'out/main',
    format: 'cjs',
    entryFileNames: '[name].js',
    chunkFileNames: 'serve-[name]-[hash].js',
    sourcemap: false,
    // A third less to read; names stay, for the stacks in bug reports.
    minify: { compress: true, mangle: false, codegen: { removeWhitespace: true } },
  },
});
