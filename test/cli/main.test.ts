import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'shell-quote';
import { COMMANDS, GROUPS } from '../../cli/commands.ts';
import { findCommand } from '../../cli/main.ts';
import { parseArgs } from '../../cli/parse.ts';
import { width } from '../../cli/present/width.ts';
import { OutputClosed, OutputFailed } from '../../cli/context.ts';
import { EXIT_CODES } from '../../contract/vocabulary.ts';
import { cliSession } from '../fakes/cli-session.ts';
import { refuse } from '../fakes/fake-core.ts';

const session = cliSession();

it('has a file for each command, named after it', () => {
  const files = readdirSync(new URL('../../cli/commands', import.meta.url));
  expect(
    Object.keys(COMMANDS)
      .map((name) => `${name.replace(' ', '-')}.ts`)
      .sort(),
  ).toEqual(files.sort());
});

it('explains each command, and all of them in the overview', async () => {
  const overview = await session.cli.run('--help');
  expect(overview.code).toBe(0);
  for (const [name, load] of Object.entries(COMMANDS)) {
    const { spec } = (await load()).command;
    expect(spec.name).toBe(name);
    const help = await session.cli.run(...name.split(' '), '--help');
    expect(help).toMatchObject({ code: 0, err: '' });
    expect(help.out).toContain(`Usage: tokentray ${name}`);
    for (const [option, { hidden }] of Object.entries<{ hidden?: true }>(spec.options)) {
      expect(help.out.includes(`--${option}`)).toBe(hidden !== true);
    }
    expect(overview.out).toMatch(new RegExp(`^ {2}${name} +${spec.summary}$`, 'm'));
  }
  expect(session.core.calls).toEqual([]);
});

it('has one line of at most 80 cells for each command, and breaks longer texts between words', async () => {
  for (const argv of [['--help'], ...GROUPS.map((group) => [group, '--help'])])
    for (const line of (await session.cli.run(...argv)).out.split('\n'))
      expect(width(line)).toBeLessThanOrEqual(80);
  session.cli.atTerminal(40);
  for (const name of Object.keys(COMMANDS)) {
    const { out } = await session.cli.run(...name.split(' '), '--help');
    const texts = out.slice(0, out.indexOf('\nExamples:')).split('\n');
    for (const line of texts)
      if (!/^Usage|[“"]|: tokentray/.test(line)) expect(width(line)).toBeLessThanOrEqual(41);
  }
});

it('ends each help with an example that can be run', async () => {
  for (const [name, load] of Object.entries(COMMANDS)) {
    const { examples } = (await load()).command.spec;
    const { out } = await session.cli.run(...name.split(' '), '--help');
    expect(out.endsWith(`  ${examples.at(-1) ?? 'an example'}\n`), name).toBe(true);
    const own: string[] = [];
    for (const example of examples)
      for (const words of commandsIn(example)) {
        const found = findCommand(words);
        if (!found.ok) throw new Error(`${example}: ${found.error.message}`);
        const { command } = (await COMMANDS[found.value.name]?.()) ?? (await load());
        expect(parseArgs(command.spec, found.value.rest), example).toMatchObject({ ok: true });
        own.push(found.value.name);
      }
    expect(own).toContain(name);
  }
});

/** What each `tokentray …` in a line for a shell is given. */
function commandsIn(example: string): string[][] {
  return [...example.matchAll(/(?<![\w/."-])tokentray(?! -- )((?: [^|)>]*)?)/g)].map(([, text = '']) =>
    parse(text)
      .map((word) => {
        if (typeof word === 'string') return word;
        return 'pattern' in word ? word.pattern : '';
      })
      .filter((word) => word !== ''),
  );
}

it.each([
  ['win32', 'browser', ['run', '--help'], '--isolated'],
  ['darwin', 'browser', ['run', '--help'], '--isolated'],
  ['win32', 'browser', ['export', 'add', '--help'], '--pipe'],
  ['win32', 'browser', ['export', 'add', '--help'], 'whole, pipe'],
  ['win32', 'browser', ['--help'], 'remote add'],
  ['linux', 'electron', ['--help'], '  serve'],
] as const)('on %s with the %s app, %j says nothing of %s', async (platform, host, argv, what) => {
  expect((await session.cli.run(...argv)).out).toContain(what);
  session.cli.paths.platform = platform;
  session.cli.serve = { ...session.cli.serve, host };
  expect((await session.cli.run(...argv)).out).not.toContain(what);
});

it('says in the help of a command why it is not here', async () => {
  session.cli.serve = { ...session.cli.serve, host: 'electron' };
  expect((await session.cli.run('serve', '--help')).out).toContain('the desktop app serves no page');
});

it.each([
  [['help'], ['--help']],
  [
    ['help', 'export', 'add'],
    ['export', 'add', '--help'],
  ],
  [
    ['help', 'clients'],
    ['clients', '--help'],
  ],
])('takes %j for %j', async (argv, same) => {
  expect(await session.cli.run(...argv)).toEqual(await session.cli.run(...same));
  expect(await session.cli.run(...argv)).toMatchObject({ code: 0, err: '' });
});

it('lists the commands of a group that is asked for help', async () => {
  for (const argv of [
    ['export', '--help'],
    ['export', '-h'],
    ['--help', 'export'],
  ]) {
    const { code, out } = await session.cli.run(...argv);
    expect(code).toBe(0);
    expect(out.match(/^ {2}export \w+/gm)).toEqual(
      ['add', 'list', 'check', 'write', 'remove'].map((it) => `  export ${it}`),
    );
  }
  expect((await session.cli.run('export', 'list', '--help')).out).toContain('Usage: tokentray export list');
});

it.each(['--version', '-v', 'version'])('gives its version for %s', async (word) => {
  const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string };
  expect(await session.cli.run(word)).toEqual({ code: 0, out: `${version}\n`, err: '' });
});

it.each([
  [['gte'], 'There is no command "gte".', 'Did you mean "tokentray get"?'],
  [['zzzzzzz'], 'There is no command "zzzzzzz".', 'See: tokentray --help'],
  [['export', 'ad'], 'There is no command "export ad".', 'Did you mean "tokentray export add"?'],
  [['login'], 'There is no command "login".', 'Did you mean "tokentray connect"?'],
  [['rm'], 'There is no command "rm".', 'Did you mean "tokentray remove"?'],
  [['constructor'], 'There is no command "constructor".', 'See: tokentray --help'],
  [['--nope', 'list'], '"list" has no option --nope.', 'See: tokentray list --help'],
])('refuses %j as wrong usage', async (argv, message, hint) => {
  expect(await session.cli.run(...argv)).toEqual({
    code: 2,
    out: '',
    err: `tokentray: ${message}\n  ${hint}\n`,
  });
  expect(await session.cli.json(...argv)).toEqual({
    code: 2,
    documents: [{ error: { code: 'usage', message, hint } }],
    err: '',
  });
});

it('takes common options before the command too, and a group alone as its list', async () => {
  session.core.answers = { 'exports.list': () => ({ exports: [] }) };
  expect(await session.cli.run('--json', 'export')).toEqual({ code: 0, out: '[]\n', err: '' });
});

it('gives each failure of the app its exit code', async () => {
  for (const [code, exit] of Object.entries(EXIT_CODES)) {
    session.core.answers = {
      'connections.list': () => refuse(code as keyof typeof EXIT_CODES, 'No.', 'Do.'),
    };
    expect(await session.cli.run('list')).toEqual({ code: exit, out: '', err: 'tokentray: No.\n  Do.\n' });
    expect(await session.cli.json('list')).toEqual({
      code: exit,
      documents: [{ error: { code, message: 'No.', hint: 'Do.' } }],
      err: '',
    });
  }
});

it('takes a code that it does not know as failed', async () => {
  session.core.answers = { 'connections.list': () => refuse('brand-new' as 'failed', 'No.') };
  expect(await session.cli.json('list')).toMatchObject({
    code: 1,
    documents: [{ error: { code: 'failed' } }],
  });
});

it('shows no control characters of a message', async () => {
  session.core.answers = { 'connections.list': () => refuse('failed', 'No\u001b[31m\r.') };
  expect((await session.cli.run('list')).err).toBe('tokentray: No\ufffd[31m\ufffd.\n');
});

it('is quiet when nobody reads its output any more', async () => {
  session.core.answers = { 'connections.list': () => ({ connections: [] }) };
  session.cli.stdout.write = () => {
    throw new OutputClosed();
  };
  expect(await session.cli.run('list', '--json')).toEqual({ code: 0, out: '', err: '' });
});

it('reports its own bugs, without a stack', async () => {
  session.core.answers = { 'connections.list': () => ({ connections: [] }) };
  session.cli.stderr.isTTY = true;
  session.cli.look = () => {
    throw new TypeError('cannot read');
  };
  const { code, err } = await session.cli.run('list');
  expect(code).toBe(1);
  expect(err).toMatch(
    /The command line failed with an internal error \(TypeError: .*\)\.\n {2}This is a bug in/,
  );
});

describe('output that cannot be written', () => {
  it.each([['list'], ['list', '--json'], ['--version'], ['--help'], ['nonsense', '--json']])(
    'is told on stderr, whatever the format: %j',
    async (...argv) => {
      session.core.answers = { 'connections.list': () => ({ connections: [] }) };
      session.cli.stdout.write = () => {
        throw new OutputFailed('ENOSPC');
      };
      const { code, err } = await session.cli.run(...argv);
      if (argv[0] === 'list' && argv.length === 1) expect(code).toBe(0);
      else
        expect({ code, err }).toEqual({
          code: 1,
          err: 'tokentray: The output could not be written: the disk is full.\n  The command itself may have succeeded.\n',
        });
    },
  );

  it('ends with 1 where stderr fails too', async () => {
    session.cli.stderr.write = session.cli.stdout.write = () => {
      throw new OutputFailed('EIO');
    };
    expect(await session.cli.run('--version')).toMatchObject({ code: 1 });
  });
});

describe('surroundings that leave no data folder', () => {
  it.each<[Record<string, string | undefined>, string | null, number, string]>([
    [
      { TOKENTRAY_HOME: '~bob/tt' },
      '/work',
      2,
      'TOKENTRAY_HOME: "~bob/tt" begins with the short form of another user',
    ],
    [
      { TOKENTRAY_HOME: '~/tt' },
      '/work',
      1,
      'TOKENTRAY_HOME: "~/tt" is in your home folder, but there is none',
    ],
    [{ TOKENTRAY_HOME: 'tt' }, null, 1, 'TOKENTRAY_HOME: The current folder no longer exists'],
    [{ TOKENTRAY_HOME: undefined }, '/work', 1, 'There is no home folder: HOME is not set'],
  ])('are reported in one line: %j in %j', async (env, cwd, code, message) => {
    Object.assign(session.cli.env, env);
    session.cli.paths.homedir = '';
    session.cli.cwd = cwd;
    const { code: exit, err } = await session.cli.run('list');
    expect(exit).toBe(code);
    expect(err).toContain(message);
    expect((await session.cli.json('list')).documents).toHaveLength(1);
  });

  it('refuse a relative path, and take an absolute one, where the folder is gone', async () => {
    session.cli.cwd = null;
    expect(await session.cli.run('export', 'add', '.env')).toMatchObject({
      code: 1,
      err: expect.stringContaining('The current folder no longer exists') as string,
    });
    expect(await session.cli.run('export', 'add', '~bob/.env')).toMatchObject({ code: 2 });
    await session.cli.run('export', 'add', '~/.env');
    await session.cli.run('export', 'add', '/x/.env');
    expect(session.core.inputs('exports.add').map(({ file }) => file)).toEqual([
      `${session.cli.home}/.env`,
      '/x/.env',
    ]);
  });
});
