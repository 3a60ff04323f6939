import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { ROOT } from '../../e2e/support/app.ts';
import { againstLimit, type Bench } from '../figure.ts';

export const rendererSize: Bench = {
  id: 'renderer-size',
  run: () => {
    const folder = path.join(ROOT, 'out/renderer');
    const scripts = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) =>
      file.endsWith('.js'),
    );
    if (scripts.length === 0) throw new Error('the renderer was not built');
    const bytes = scripts.reduce(
      (sum, file) => sum + gzipSync(readFileSync(path.join(folder, file))).length,
      0,
    );
    return Promise.resolve([
      againstLimit({ name: 'renderer JavaScript, gzip', unit: 'KB', figure: bytes / 1000, limit: 150 }),
    ]);
  },
};
