import { expect, it } from 'vitest';
import { commandToRun, ownFiles, withoutOwn, type Step } from '../../../main/programs/own-programs.ts';
import type { ProcessFacts } from '../../../main/programs/ports.ts';
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
    folders: ['/opt/Tokentray/resources/cli', '/opt/Tokentray/resources/bin', '/usr/bin/tokentray'],
  });
});

const { folders } = ownFiles('/src/t');
const CLI = step('/src/t/out/cli/tokentray.cjs');
const RUN = step('/src/t/build/run.mjs');
const NPM = step('/usr/lib/node_modules/npm/bin/npm-cli.js');
const SH = step(null, '/bin/sh');
const inline = (change: Partial<ProcessFacts> = {}): Step => ({
  facts: aProcess(2, 1, { executable: '/bin/sh', argv: ['sh', '-c', 'x'], ...change }),
  script: null,
});
const GIT = step(null, '/usr/bin/git');
const HIDDEN: Step = { facts: aProcess(2, 1, { executable: null }), script: null };
const JOB = step('/home/ana/job.mjs');

it.each<[string, Step[], Step[]]>([
  ['a client', [CLI, JOB], [JOB]],
  ['none', [JOB, CLI], [JOB, CLI]],
  ['a native client', [step(null, '/src/t/out/native/tokentray'), JOB], [JOB]],
  ['npm that runs the client', [CLI, RUN, SH, NPM, JOB], [JOB]],
  ['npm without a shell', [CLI, RUN, NPM, JOB], [JOB]],
  ['npm that runs something else', [CLI, SH, NPM, JOB], [SH, NPM, JOB]],
  ['a shell through which a program runs it', [CLI, inline(), GIT, JOB], [GIT, JOB]],
  ['several of those', [CLI, inline(), inline(), GIT], [GIT]],
  ['npm behind such a shell', [CLI, RUN, inline(), NPM, JOB], [JOB]],
  ['no shell of another session', [CLI, inline({ session: 99 }), GIT], [inline({ session: 99 }), GIT]],
  ['no shell of what is not shown', [CLI, inline(), HIDDEN], [inline(), HIDDEN]],
  ['no shell that asks itself', [inline(), GIT], [inline(), GIT]],
  ['nothing else', [CLI], []],
  ['a folder of a similar name', [step('/src/t/out/cli-2/x.js')], [step('/src/t/out/cli-2/x.js')]],
])('passes over %s', (_, chain, rest) => {
  expect(withoutOwn(chain, folders)).toEqual(rest);
});

it('passes over the command that a deb put into /usr/bin, and no other there', () => {
  const installed = ownFiles('/opt/Tokentray/resources/app.asar').folders;
  const other = step(null, '/usr/bin/tokentray-other');
  expect(withoutOwn([step(null, '/usr/bin/tokentray'), other], installed)).toEqual([other]);
});

it.each<[string[], string | null, string[] | null]>([
  [['node', '/x/tokentray.cjs', 'run', 'acme', '--', 'job', '-v'], '/x/tokentray.cjs', ['job', '-v']],
  [['node', '--flag', '/x/tokentray.cjs', '--sandbox', 'run', '--', 'job'], '/x/tokentray.cjs', ['job']],
  [['tokentray', 'run', '--', 'job'], null, ['job']],
  [['node', '--', '/x/tokentray.cjs', '--__resume=3,4', 'run', '--', 'job'], '/x/tokentray.cjs', ['job']],
  [['tokentray', 'run'], null, null],
  [['tokentray', 'get', 'run', '--', 'job'], null, null],
])('of %j the command to run is %j', (argv, script, command) => {
  expect(commandToRun({ argv }, script)).toEqual(command);
});
