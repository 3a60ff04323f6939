import process from 'node:process';
import { expect, it } from 'vitest';
import { linuxProcesses, parseStat } from '../../../main/programs/linux-processes.ts';
import { macProcesses, parsePs } from '../../../main/programs/mac-processes.ts';

it.each([
  ['(bash)', 'bash'],
  ['(a) b (c)', 'a) b (c'],
  ['(tmux: server)', 'tmux: server'],
])('reads what follows a name such as %s', (written, name) => {
  const after = `S 10 20 30 34816 40 4194304 ${'0 '.repeat(12)}8812345 99`;
  expect(parseStat(`42 ${written} ${after}`)).toEqual({
    ...{ name, state: 'S', parent: 10, session: 30 },
    startTicks: 8_812_345,
  });
});

it('takes nothing from what is no such line', () => {
  expect(parseStat('')).toBeNull();
  expect(parseStat('42 (bash) S 1')).toBeNull();
});

it.runIf(process.platform === 'linux')(
  'knows a process of this machine, and none that has ended',
  async () => {
    const { look, searchPath } = linuxProcesses();
    const own = await look(process.pid);
    expect(own).toMatchObject({ parent: process.ppid, executable: process.execPath, contained: false });
    expect(own?.folder).toBe(process.cwd());
    expect(own?.ageMs).toBeGreaterThan(0);
    expect(own?.ageMs).toBeLessThan(process.uptime() * 1000 + 5000);
    expect(await searchPath(process.pid)).toBe(process.env['PATH']);
    expect(await look(4_194_304)).toBeNull();
  },
);

it('reads what ps and lsof say on macOS', async () => {
  const answers: Record<string, string> = {
    comm: '  501  01-02:03:04 Sun Nov 29 01:30:26 2026     /usr/local/bin/node\n',
    args: '/usr/local/bin/node /Users/ana/deploy.mjs --prod\n',
    lsof: 'p42\nfcwd\nn/Users/ana/my project\n',
  };
  const { look } = macProcesses((program, args) =>
    Promise.resolve(
      answers[program.endsWith('lsof') ? 'lsof' : args.includes('args=') ? 'args' : 'comm'] ?? null,
    ),
  );
  expect(await look(42)).toEqual({
    ...{ pid: 42, parent: 501, started: 'Sun Nov 29 01:30:26 2026', name: 'node' },
    ageMs: (((24 + 2) * 60 + 3) * 60 + 4 + 1) * 1000,
    executable: '/usr/local/bin/node',
    argv: ['/usr/local/bin/node', '/Users/ana/deploy.mjs', '--prod'],
    folder: '/Users/ana/my project',
    ...{ session: null, contained: false, scripts: [] },
  });
  expect(await macProcesses(() => Promise.resolve(null)).look(42)).toBeNull();
});

it.each([
  ['  1  00:05 Sun Nov  9 01:30:26 2026 -zsh\n', { executable: null, name: 'zsh', ageMs: 6000 }],
  ['  1  00:05 Sun Nov  9 01:30:26 2026 /Applications/My App.app/x\n', { name: 'x' }],
])('ps line %j', (line, expected) => {
  expect(parsePs(7, line, null, null)).toMatchObject(expected);
});
