import { expect, it } from 'vitest';
import { isInlineShell, isInterpreter, scriptArgument } from '../../../main/programs/interpreters.ts';

it.each<[string, string[], string | null]>([
  ['/usr/bin/node', ['deploy.mjs', '--prod'], 'deploy.mjs'],
  ['/usr/bin/node', ['--enable-source-maps', '--require', './hook.js', 'app.js'], 'app.js'],
  ['/usr/bin/node', ['--require=./hook.js', 'app.js'], 'app.js'],
  ['/usr/bin/node', ['-e', 'code', 'word'], null],
  ['/usr/bin/node', ['--eval=code', 'word'], null],
  ['/usr/bin/node', ['--', '-odd.js'], '-odd.js'],
  ['/usr/bin/node', ['-'], null],
  ['/usr/bin/node', [], null],
  ['/usr/bin/python3.11', ['-u', '-W', 'ignore', 'job.py'], 'job.py'],
  ['/usr/bin/python3.11', ['-m', 'job'], null],
  ['/usr/bin/python3.11', ['-Ic', 'code'], null],
  ['/bin/bash', ['-eu', 'job.sh', '-c'], 'job.sh'],
  ['/bin/bash', ['-o', 'pipefail', 'job.sh'], 'job.sh'],
  ['/bin/bash', ['-lc', 'code'], null],
  ['/bin/dash', ['./job'], './job'],
  ['/usr/bin/deno', ['run', '--allow-net', 'job.ts'], 'job.ts'],
  ['/usr/bin/java', ['-cp', 'lib', '-jar', 'tool.jar'], 'tool.jar'],
  ['/usr/bin/curl', ['https://example.com'], null],
])('%s %j runs %s', (executable, args, script) => {
  expect(scriptArgument(executable, ['name', ...args])).toBe(script);
});

it.each<[string, string[], boolean]>([
  ['/bin/sh', ['-c', 'tokentray get', 'sh'], true],
  ['/usr/bin/bash', ['-e', '-lc', 'x'], true],
  ['/bin/bash', ['job.sh', '-c'], false],
  ['/bin/bash', [], false],
  ['/bin/bash', ['-i'], false],
  ['/usr/bin/python3', ['-c', 'x'], false],
])('%s %j is a shell with its commands as an argument: %s', (executable, args, is) => {
  expect(isInlineShell(executable, ['name', ...args])).toBe(is);
});

it.each([
  ['/usr/bin/node', true],
  ['/opt/x/bin/python3', true],
  ['/bin/fish', true],
  ['/usr/bin/ssh', false],
  ['/usr/bin/noderunner', false],
  ['/usr/bin/terraform', false],
])('%s is an interpreter: %s', (executable, is) => {
  expect(isInterpreter(executable)).toBe(is);
});
