import { expect, it } from 'vitest';
import { coreProgram } from '../../../cli/process/core-program.ts';

it.each([
  ['linux', '/opt/Tokentray/resources', '/opt/Tokentray/tokentray-app'],
  [
    'darwin',
    '/Applications/Tokentray.app/Contents/Resources',
    '/Applications/Tokentray.app/Contents/MacOS/Tokentray',
  ],
  ['win32', '/Programs/Tokentray/resources', '/Programs/Tokentray/Tokentray.exe'],
])('starts the desktop app of the package on %s', (platform, resources, program) => {
  const exists = (file: string): boolean => file === `${resources}/app.asar`;
  expect(coreProgram(`${resources}/cli`, platform, '/usr/bin/node', exists)).toEqual({
    host: 'electron',
    program,
    args: [],
    file: program,
  });
});

it('starts the browser host of a checkout under its own Node', () => {
  const found = coreProgram('/work/out/cli', 'linux', '/usr/bin/node', () => false);
  expect(found).toMatchObject({ host: 'browser', program: '/usr/bin/node', file: '/work/out/main/serve.js' });
  expect(found.args.at(-1)).toBe('/work/out/main/serve.js');
});
