// Builds the app and packs it with electron-builder: an unpacked folder in dist/, or the targets that are named, as in
// `npm run dist -- --linux deb`. Publishes nothing.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import electron from 'electron/package.json' with { type: 'json' };
import { ensureBuilt } from '../bundle.ts';
import { electronDist, writeStandInDist } from '../electron-dist.ts';
import { downloadElectron } from '../electron-download.ts';
import { preparePackagedCommand } from '../packaged-command.ts';
import { run } from '../steps.ts';

const given = process.argv.slice(2);
const named = given.filter((arg) => /^(--linux|--mac|--win|-[lmw])$/.test(arg));
const targets = named.length > 0 || given.includes('--dir') ? given : ['--dir', ...given];
const own = { linux: '--linux -l', darwin: '--mac -m', win32: '--win -w' }[process.platform as string];
const forHere = named.every((arg) => own?.split(' ').includes(arg));

await ensureBuilt();
preparePackagedCommand(given);

const standIn = mkdtempSync(path.join(tmpdir(), 'tokentray-no-electron-'));
const here = electronDist() ?? ((await downloadElectron()) ? electronDist() : null);
// A folder without Electron shows what is packaged; an installer without it would be mistaken for a working one.
if (here === null && (process.platform !== 'linux' || !targets.includes('--dir'))) {
  console.error('✗ Electron is not installed and could not be downloaded, so the app cannot be packaged.');
  process.exit(1);
}
if (here === null) writeStandInDist(standIn, electron.version);

const updates = process.env['TOKENTRAY_UPDATES_URL'];
const code = await run('electron-builder', [
  ...targets,
  '--publish',
  'never',
  // Of this platform only: another's Electron is fetched by the packager.
  ...(forHere ? [`-c.electronDist=${here ?? standIn}`] : []),
  ...(updates ? [`-c.publish.url=${updates}`] : []),
]);
rmSync(standIn, { recursive: true, force: true });
if (code !== 0) process.exit(code);
console.error('✓ packaged into dist/');
if (!updates) console.error('  TOKENTRAY_UPDATES_URL is not set: this package will not check for updates.');
if (here === null) {
  console.error(
    '  NOT RUNNABLE: Electron is not installed and could not be downloaded, so a placeholder took its place.',
  );
}
