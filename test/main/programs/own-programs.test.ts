import { expect, it } from 'vitest';
import { commandToRun, ownFiles, withoutOwn, type Step } from '../../../main/programs/own-programs.ts';
import { aProcess } from './some-processes.ts';

const step = (script: string | null, executable = '/usr/bin/node'): Step => ({
  facts: aProcess(2, 1, { executable }),
  script,
});

it('has its own files in a checkout and in a package', () => {
  expect(ownFiles('/src/tokentray')).toEqual({
    peer: '/src/tokentray/out/native/tokentray-peer',
    folders: ['/src/tokentray/out/cli', '/src/tokentray/out/native', '/src/tokentray/build'],
  });
  expect(ownFiles('/opt/Tokentray/resources/app.asar')).toEqual({
    peer: '/opt/Tokentray/resources/bin/tokentray-peer',
    folders: ['/opt/Tokentray/resources/cli', '/opt/Tokentray/resources/bin'],
  });
});

const { folders } = ownFiles('/src/t');
const CLI = step('/src/t/out/cli/tokentray.cjs');
const RUN = step('/src/t/build/run.mjs');
const NPM = step('/usr/lib/node_modules/npm/bin/npm-cli.js');
const SH = step(null, '/bin/sh');
const JOB = step('/home/ana/job.mjs');

it.each<[string, Step[], Step[]]>([
  ['a client', [CLI, JOB], [JOB]],
  ['none', [JOB, CLI], [JOB, CLI]],
  ['a native client', [step(null, '/src/t/out/native/tokentray'), JOB], [JOB]],
  ['npm that runs the client', [CLI, RUN, SH, NPM, JOB], [JOB]],
  ['npm without a shell', [CLI, RUN, NPM, JOB], [JOB]],
  ['npm that runs something else', [CLI, SH, NPM, JOB], [SH, NPM, JOB]],
  ['nothing else', [CLI], []],
  ['a folder of a similar name', [step('/src/t/out/cli-2/x.js')], [step('/src/t/out/cli-2/x.js')]],
])('passes over %s', (_, chain, rest) => {
  expect(withoutOwn(chain, folders)).toEqual(rest);
});

it.each<[string[], string | null, string[] | null]>([
  [['node', '/x/tokentray.cjs', 'run', 'acme', '--', 'job', '-v'], '/x/tokentray.cjs', ['job', '-v']],
  [['node', '--flag', '/x/tokentray.cjs', '--sandbox', 'run', '--', 'job'], '/x/tokentray.cjs', ['job']],
  [['tokentray', 'run', '--', 'job'], null, ['job']],
  [['tokentray', 'run'], null, null],
  [['tokentray', 'get', 'run', '--', 'job'], null, null],
])('of %j the command to run is %j', (argv, script, command) => {
  expect(commandToRun({ argv }, script)).toEqual(command);
});
