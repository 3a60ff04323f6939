import { enableCompileCache } from 'node:module';
import path from 'node:path';
import process from 'node:process';
import { makeFilesPrivate } from './lib/inherited-settings.ts';
import { keepMemoryPrivate } from './private-memory.ts';

keepMemoryPrivate();
// Before anything is written: compiled code is run again.
makeFilesPrivate();

// The store is Node's own `node:sqlite`, dependable since 24. Said here, before anything newer is asked of Node.
if (Number(process.versions.node.split('.', 1)[0]) < 24) {
  process.stderr.write(`tokentray: This is Node ${process.version}; the app needs Node 24 or newer.\n`);
  process.exit(1);
}
// What V8 has compiled is kept beside the bundle, where that can be written, and saves a tenth of the start. Only code
// that is loaded after this line has a share in it.
enableCompileCache(path.join(import.meta.dirname, '.compiled'));
void import('./serve.ts');
