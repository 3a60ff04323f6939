import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';

/** On Windows this hides a program's first window as well as a console: only for programs that have none. */
it('hides the windows of nothing but the core without one and of programs that nobody answers', () => {
  const hiding = ['main', 'cli', 'build', 'contract'].flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.ts'))
      .flatMap((name) => {
        const file = path.posix.join(folder, ...name.split(path.sep));
        const found = /windowsHide: .*?(?=,? ?[}\n])/.exec(readFileSync(file, 'utf8'));
        return found ? [`${file}: ${found[0].replace(/,$/, '')}`] : [];
      }),
  );
  expect(hiding.sort()).toEqual([
    'cli/process/children.ts: windowsHide: command === process.execPath',
    'main/exports/git-state.ts: windowsHide: true',
    'main/gateway/mcp/local/system-programs.ts: windowsHide: true',
    'main/git/run-git.ts: windowsHide: true',
    'main/hooks/system-program.ts: windowsHide: true',
    'main/network/system/system-rules.ts: windowsHide: true',
    'main/start/sandbox-program.ts: windowsHide: !launch',
    'main/store/key-sources/command-output.ts: windowsHide: true',
  ]);
});
