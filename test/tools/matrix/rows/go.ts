import { writeFileSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { startApp } from '../../../e2e/support/app.ts';
import { connect } from '../../../integration/support/connect.ts';
import { docBlocks } from '../../../integration/support/doc-blocks.ts';
import { onPath } from '../programs.ts';
import { must, type Row } from '../row.ts';

/** The example of `docs/local-api.md`. */
export const GO: Row = {
  tool: 'Go',
  fedBy: 'local API',
  needed: 'tools',
  find: onPath('go', 'version'),
  use: async (world, { file }) => {
    const [example, ...more] = docBlocks('docs/local-api.md').filter(({ language }) => language === 'go');
    must(example !== undefined && more.length === 0, 'docs/local-api.md has not one example');
    const folder = world.folder();
    writeFileSync(path.join(folder, 'main.go'), example.text);
    // Of several active connections, the example names none.
    const app = await startApp();
    try {
      await connect(app);
      const env = { SOCKET: app.socket, HOME: process.env['HOME'], GOFLAGS: '' };
      const printed = await world.output(file, ['run', path.join(folder, 'main.go')], { env });
      must(printed.trim() === 'Ana Keller', 'it printed something else');
    } finally {
      await app.stop();
    }
  },
};
