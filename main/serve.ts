import { enableCompileCache } from 'node:module';
import path from 'node:path';
import process from 'node:process';
import { makeFilesPrivate } from './lib/inherited-settings.ts';
import { keepMemoryPrivate } from './start/private-memory.ts';

keepMemoryPrivate();
// Before anything is written: the compiled code in the cache will be run again.
makeFilesPrivate();

// The store uses `node:sqlite`, which is dependable since Node 24. Checked before anything newer is used.
if (Number(process.versions.node.split('.', 1)[0]) < 24) {
  process.stderr.write(`tokentray: This is Node ${process.version}; the app needs Node 24 or newer.\n`);
  process.exit(1);
}
// V8's compiled code is cached beside the bundle, if that is writable, which makes the start 10 % faster. Only code that
// is loaded after this line is cached.
enableCompileCache(path.join(import.meta.dirname, '.compiled'));
void import('./start/browser.ts').then(({ runBrowserHost }) => runBrowserHost());
