// `npm start -- --sandbox` from this checkout, judged from outside. The argument says what it has to come to.
import process from 'node:process';
import { freePort } from '../integration/support/free-port.ts';
import { loadedPage } from './devtools.ts';
import { check, ownEnvironment, runToEnd, start, written } from './program.ts';

/** With the download of Electron. */
const START_LIMIT_MS = 5 * 60_000;

const expected = process.argv[2];
const env = ownEnvironment();
const port = await freePort();
const args = ['start', '--', '--sandbox', '--session-only', `--remote-debugging-port=${port}`];
const app = start('npm', args, env);
try {
  if (expected === 'desktop') await desktop();
  else if (expected === 'browser-host') await browserHost();
  else throw new Error('Say what is expected: desktop or browser-host.');
  await runToEnd('npm', ['run', '-s', 'tokentray', '--', '--sandbox', 'stop'], env);
  check((await app.ended(30_000)) === 0, 'npm start ended in order');
} catch (fault) {
  app.kill();
  throw fault;
}
process.exit(0);

async function desktop(): Promise<void> {
  const page = await loadedPage(port, /^app:\/\/tokentray\//, START_LIMIT_MS);
  check(true, `the window’s page is loaded from ${page.url}`);
  check(!app.output().includes('Starting the browser host'), 'it is the desktop app');
}

async function browserHost(): Promise<void> {
  await written(app, 'Press Ctrl+C to stop.', START_LIMIT_MS);
  const said = app.output();
  check(said.includes('Chromium’s sandbox cannot work here'), 'it says what is in the way');
  check(/sudo chown root:root '.*' && sudo chmod 4755 '.*'/.test(said), 'it says what to do');
  const [link = ''] = /http:\/\/127\.0\.0\.1:\d+\/open\/\S+/.exec(said) ?? [];
  const answer = await fetch(link, { redirect: 'manual' });
  check(answer.status < 400, `the page’s link is answered with ${answer.status}`);
}
