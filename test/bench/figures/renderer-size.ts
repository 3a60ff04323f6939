import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { ROOT } from '../../e2e/support/app.ts';
import { firstScripts } from '../../fakes/first-scripts.ts';
import { againstLimit, type Bench } from '../figure.ts';

export const rendererSize: Bench = {
  id: 'renderer-size',
  run: () => {
    const folder = path.join(ROOT, 'out/renderer');
    const scripts = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) =>
      file.endsWith('.js'),
    );
    if (scripts.length === 0) throw new Error('the renderer was not built');
    const kilobytes = (files: readonly string[]): number =>
      files.reduce((sum, file) => sum + gzipSync(readFileSync(path.join(folder, file))).length, 0) / 1000;
    return Promise.resolve([
      againstLimit({
        name: 'renderer JavaScript until the window shows, gzip',
        unit: 'KB',
        figure: kilobytes(firstScripts(folder).map((name) => path.join('assets', name))),
        limit: 150,
        note: `${kilobytes(scripts).toFixed(1)} KB with what is loaded afterwards`,
      }),
    ]);
  },
};
