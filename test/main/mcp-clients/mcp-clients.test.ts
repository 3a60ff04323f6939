import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  existsSync,
  linkSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { CallInput } from '../../../contract/calls.ts';
import { ConnectionId } from '../../../contract/ids.ts';
import { MCP_CLIENTS } from '../../../contract/vocabulary.ts';
import { connection } from '../exports/sample.ts';
import { MCP, mcpConnection, Rig } from './rig.ts';

let rig: Rig;
let cursor: string;
beforeEach(() => {
  rig = new Rig();
  mkdirSync(rig.home);
  mkdirSync(rig.project);
  cursor = path.join(rig.home, '.cursor', 'mcp.json');
});
afterEach(() => {
  rig.dispose();
});

type Request = CallInput<'mcp.plan'>;

async function plan(request: Request) {
  const planned = await rig.service.plan(request);
  if (!planned.ok) throw new Error(planned.error.message);
  return planned.value;
}

async function add(request: Request) {
  const { digest } = await plan(request);
  const written = await rig.service.write({ ...request, digest });
  if (!written.ok) throw new Error(written.error.message);
  return written.value;
}

const put = (file: string, text: string, mode = 0o600): void => {
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, text);
  chmodSync(file, mode);
};
const tree = (folder = rig.root): string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => !lstatSync(path.join(folder, name)).isDirectory())
    .sort();

describe.each(MCP_CLIENTS)('%s', (client) => {
  it('gets its file made, with its folders, and loses it again', async () => {
    const planned = await plan({ client });
    expect(planned).toMatchObject({ exists: false, changes: true, name: 'tokentray-rovo', scope: 'user' });
    expect(tree()).toEqual([]);
    const { file, backup } = await add({ client });
    expect(backup).toBeNull();
    expect(readFileSync(file, 'utf8')).toContain(`http://127.0.0.1:7981/${MCP}/rovo`);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(await rig.service.files({})).toMatchObject({
      ok: true,
      value: {
        files: [{ client, file, entries: [{ name: 'tokentray-rovo', usesKey: false, problem: null }] }],
      },
    });
    expect(await rig.service.remove({ client })).toEqual({
      ok: true,
      value: { file, removed: ['tokentray-rovo'], deleted: true, keys: [] },
    });
    expect(tree()).toEqual([]);
    expect(rig.activity).toHaveLength(2);
  });
});

it.each([0o600, 0o644, 0o664, 0o640])(
  'a file keeps its mode %o; its backup is for its owner only',
  async (mode) => {
    const before = '{\n  "mcpServers": {"a": {"command": "x"}}\n}\n';
    put(cursor, before, mode);
    const { backup } = await add({ client: 'cursor' });
    expect(statSync(cursor).mode & 0o777).toBe(mode);
    expect(backup).toBe(`${cursor}.tokentray-backup`);
    expect(statSync(backup ?? '').mode & 0o777).toBe(0o600);
    expect(readFileSync(backup ?? '', 'utf8')).toBe(before);
    await rig.service.remove({ client: 'cursor' });
    expect(readFileSync(cursor, 'utf8')).toBe(before);
    expect(statSync(cursor).mode & 0o777).toBe(mode);
    expect(tree()).toEqual(['home/.cursor/mcp.json']);
  },
);

it.runIf(process.getuid?.() === 0)('what a group may do is not given to another group', async () => {
  put(cursor, '{}', 0o660);
  chownSync(cursor, 0, 4321);
  await add({ client: 'cursor' });
  expect(statSync(cursor).mode & 0o777).toBe(0o600);
});

it('the backup is of the file before our first entry, and stays when the file was changed since', async () => {
  put(cursor, '{}');
  await add({ client: 'cursor' });
  await add({ client: 'cursor', server: 'https://example.com/mcp' });
  expect(readFileSync(`${cursor}.tokentray-backup`, 'utf8')).toBe('{}');
  writeFileSync(cursor, readFileSync(cursor, 'utf8').replace('{', '{ "mine": 1,'));
  await rig.service.remove({ client: 'cursor' });
  expect(JSON.parse(readFileSync(cursor, 'utf8'))).toEqual({ mine: 1, mcpServers: {} });
  expect(readFileSync(`${cursor}.tokentray-backup`, 'utf8')).toBe('{}');
});

it('a project has a file of its own', async () => {
  const request = { client: 'vscode', scope: 'project', folder: rig.project } as const;
  const { file } = await add(request);
  expect(file).toBe(path.join(rig.project, '.vscode/mcp.json'));
  expect((await plan(request)).notes.join(' ')).toContain('Do not commit it');
  expect(await rig.service.files({})).toEqual({ ok: true, value: { files: [] } });
  expect(await rig.service.files({ folder: rig.project })).toMatchObject({
    ok: true,
    value: { files: [{ client: 'vscode', scope: 'project', file }] },
  });
  await rig.service.remove(request);
  expect(tree()).toEqual([]);
});

it('in the home folder, a file of the project that is the person’s own is listed once', async () => {
  await add({ client: 'cursor' });
  expect(await rig.service.files({ folder: rig.home })).toMatchObject({
    ok: true,
    value: { files: [{ client: 'cursor', scope: 'user' }] },
  });
  const listed = await rig.service.files({ folder: rig.home });
  expect(listed.ok && listed.value.files).toHaveLength(1);
});

it.each<[Request, string]>([
  [{ client: 'windsurf', scope: 'project' }, 'Windsurf reads no file in a project.'],
  [{ client: 'cursor', scope: 'project' }, 'The project’s folder is missing, or is not a full path.'],
  [
    { client: 'cursor', scope: 'project', folder: 'x' },
    'The project’s folder is missing, or is not a full path.',
  ],
  [
    { client: 'cursor', scope: 'project', folder: '/nowhere/at/all' },
    'The folder /nowhere/at/all/.cursor does not exist.',
  ],
  [{ client: 'cursor', key: true }, 'Cursor cannot ask another program for a key.'],
  [
    { client: 'claude-code', key: true, server: 'mcp-atlassian', connection: 'Jira' },
    'mcp-atlassian is only for clients that sign in.',
  ],
  [
    { client: 'claude-code', key: true, server: 'https://example.com/mcp' },
    'A key works only at Tokentray’s own address.',
  ],
  [{ client: 'cursor', connection: 'nobody' }, 'There is no connection “nobody”.'],
  [{ client: 'cursor', connection: 'Jira' }, 'The connection “Jira” does not reach the MCP server rovo.'],
  [
    { client: 'cursor', server: 'nonsense' },
    'That is neither an MCP server that Tokentray knows nor an address.',
  ],
])('is refused with words: %j', async (request, message) => {
  rig.records.push(connection({ name: 'Jira' }));
  const planned = await rig.service.plan(request);
  expect(planned).toMatchObject({ ok: false, error: { message } });
  expect(tree()).toEqual([]);
});

describe('the connection', () => {
  const other = ConnectionId.parse('7d444840-9dc0-41d2-9a0c-4fd1e6a0c00b');

  it('is the one that reaches the server', async () => {
    rig.records.push(connection({ name: 'Jira' }));
    expect((await plan({ client: 'cursor' })).url).toContain(MCP);
    expect((await plan({ client: 'cursor', server: 'mcp-atlassian' })).url).toContain(rig.records[1]?.id);
  });

  it('is the active one of several, or has to be named', async () => {
    rig.records.push(mcpConnection({ id: other, name: 'Other' }));
    expect(await rig.service.plan({ client: 'cursor' })).toMatchObject({
      ok: false,
      error: { code: 'ambiguous', hint: 'Name one: “Acme”, “Other”.' },
    });
    rig.active = [other];
    expect((await plan({ client: 'cursor' })).url).toContain(other);
    expect((await plan({ client: 'cursor', connection: 'acme' })).url).toContain(MCP);
  });

  it('has to be there', async () => {
    rig.records = [];
    expect(await rig.service.plan({ client: 'cursor' })).toMatchObject({
      ok: false,
      error: { code: 'not-found', hint: 'Connect one: tokentray connect atlassian-mcp' },
    });
  });
});

it('an entry lets MCP clients sign in, and says so first', async () => {
  expect((await plan({ client: 'cursor' })).notes.join(' ')).toContain('also lets MCP clients sign in');
  expect((await plan({ client: 'cursor' })).notes.at(-1)).toBe(
    'Cursor then opens a browser tab, and Tokentray asks you whether to let it in.',
  );
  expect((await plan({ client: 'claude-code', key: true })).notes.join(' ')).not.toContain('browser tab');
  expect(rig.signInOn).toBe(false);
  await add({ client: 'cursor' });
  expect(rig.signInOn).toBe(true);
  expect((await plan({ client: 'cursor' })).notes.join(' ')).not.toContain('also lets');
});

it('an address of somebody else’s opens nothing here', async () => {
  await add({ client: 'cursor', server: 'https://example.com/mcp' });
  expect(rig.signInOn).toBe(false);
  expect(readFileSync(cursor, 'utf8')).toContain('"tokentray-example-com"');
});

it('the list says what no longer fits', async () => {
  await add({ client: 'cursor' });
  const problem = async () => {
    const listed = await rig.service.files({});
    return listed.ok ? (listed.value.files[0]?.entries[0]?.problem?.message ?? null) : null;
  };
  expect(await problem()).toBeNull();
  rig.records = [mcpConnection({ name: 'Renamed' })];
  expect(await problem()).toBeNull();
  rig.signInOn = false;
  expect(await problem()).toBe('Tokentray does not let MCP clients sign in at the moment.');
  rig.doors.mcp = 'http://127.0.0.1:8123';
  expect(await problem()).toBe(
    'It leads to http://127.0.0.1:7981, but Tokentray is at http://127.0.0.1:8123.',
  );
  expect(await add({ client: 'cursor' })).toMatchObject({ name: 'tokentray-rovo', changed: true });
  expect(await problem()).toBeNull();
  rig.records = [];
  expect(await problem()).toBe('Its connection is no longer there.');
  const gone = await rig.service.files({});
  expect(gone).toMatchObject({
    value: {
      files: [
        {
          entries: [
            {
              problem: {
                hint: expect.stringContaining('tokentray mcp remove cursor --name tokentray-rovo.') as string,
              },
            },
          ],
        },
      ],
    },
  });
});

it.each([
  ['a project', { client: 'windsurf', scope: 'project', folder: '/work' }, 'Leave out --project.'],
  ['a key', { client: 'cursor', key: true }, 'Leave out --key'],
  ['a key', { client: 'claude-code', key: true, server: 'https://example.com/mcp' }, 'Leave out --key.'],
] as const)('%s where there is none of it is wrong usage', async (_, request, hint) => {
  expect(await rig.service.plan({ key: false, ...request })).toMatchObject({
    error: { code: 'invalid-input', hint: expect.stringContaining(hint) as string },
  });
});

it('the list names a file that cannot be read, and shows a read-only one', async () => {
  put(cursor, '{');
  put(
    path.join(rig.home, '.codex/config.toml'),
    '[mcp_servers.tokentray-rovo]\nurl = "http://127.0.0.1:7981/x/rovo"\n',
    0o400,
  );
  const listed = await rig.service.files({});
  expect(listed.ok && listed.value.files).toMatchObject([
    {
      client: 'cursor',
      entries: [],
      problem: { message: `${cursor}: It is not valid JSON: close brace expected in line 1.` },
    },
    { client: 'codex', entries: [{ name: 'tokentray-rovo' }], problem: null },
  ]);
});

describe('a file that changes between showing and writing', () => {
  it.each([
    [
      'is edited',
      () => {
        writeFileSync(cursor, '{ "b": 2 }');
      },
    ],
    [
      'is removed',
      () => {
        execFileSync('rm', [cursor]);
      },
    ],
    [
      'gets a byte more',
      () => {
        writeFileSync(cursor, '{}\n');
      },
    ],
  ])('%s: nothing is written', async (_, edit) => {
    put(cursor, '{}');
    const { digest } = await plan({ client: 'cursor' });
    edit();
    const now = existsSync(cursor) ? readFileSync(cursor, 'utf8') : null;
    expect(await rig.service.write({ client: 'cursor', digest })).toMatchObject({
      ok: false,
      error: {
        code: 'conflict',
        message: `${cursor} was changed since the difference was shown; nothing was written.`,
      },
    });
    expect(existsSync(cursor) ? readFileSync(cursor, 'utf8') : null).toBe(now);
    expect(tree().filter((name) => name.endsWith('backup'))).toEqual([]);
  });

  it('a digest is for one request only', async () => {
    rig.records.push(connection({ name: 'Jira' }));
    const { digest } = await plan({ client: 'cursor' });
    const written = await rig.service.write({ client: 'cursor', server: 'mcp-atlassian', digest });
    expect(written).toMatchObject({ ok: false, error: { code: 'conflict' } });
  });
});

describe('what must not be written', () => {
  const refused: [string, () => void, RegExp][] = [
    [
      'read-only',
      () => {
        put(cursor, '{}', 0o400);
      },
      /is marked read-only/,
    ],
    [
      'a folder',
      () => {
        mkdirSync(cursor, { recursive: true });
      },
      /is a folder/,
    ],
    [
      'a pipe',
      () => {
        mkdirSync(path.dirname(cursor));
        execFileSync('mkfifo', [cursor]);
      },
      /is not an ordinary file/,
    ],
    [
      'a hard link',
      () => {
        put(cursor, '{}');
        linkSync(cursor, path.join(rig.root, 'other'));
      },
      /has a second name/,
    ],
    [
      'a loop of links',
      () => {
        mkdirSync(path.dirname(cursor));
        symlinkSync('mcp.json', cursor);
      },
      /form a loop/,
    ],
    [
      'not JSON',
      () => {
        put(cursor, 'Hello');
      },
      /is not valid JSON/,
    ],
    [
      'in a folder open to everybody',
      () => {
        put(cursor, '{}');
        chmodSync(path.dirname(cursor), 0o777);
      },
      /Every user can write/,
    ],
    [
      'below a file',
      () => {
        writeFileSync(path.dirname(cursor), '');
      },
      /ENOTDIR|is a file, not a folder|does not exist/,
    ],
    ...(process.getuid?.() === 0
      ? ([
          [
            'somebody else’s',
            () => {
              put(cursor, '{}');
              chownSync(cursor, 4321, 4321);
            },
            /belongs to another user/,
          ],
        ] satisfies [string, () => void, RegExp][])
      : []),
  ];
  it.each(refused)('%s', async (_, make, message) => {
    make();
    const before = tree();
    const planned = await rig.service.plan({ client: 'cursor' });
    const written = planned.ok
      ? await rig.service.write({ client: 'cursor', digest: planned.value.digest })
      : planned;
    expect(written).toMatchObject({
      ok: false,
      error: { message: expect.stringMatching(message) as string },
    });
    expect((await rig.service.remove({ client: 'cursor' })).ok).toBe(false);
    expect(tree()).toEqual(before);
    expect(rig.signInOn).toBe(false);
  });

  it('a backup that is a link', async () => {
    put(cursor, '{}');
    writeFileSync(path.join(rig.root, 'precious'), 'x');
    symlinkSync(path.join(rig.root, 'precious'), `${cursor}.tokentray-backup`);
    const { digest } = await plan({ client: 'cursor' });
    expect(await rig.service.write({ client: 'cursor', digest })).toMatchObject({
      ok: false,
      error: { code: 'refused' },
    });
    expect(readFileSync(path.join(rig.root, 'precious'), 'utf8')).toBe('x');
    expect(readFileSync(cursor, 'utf8')).toBe('{}');
  });
});

it('a link stays one, and its file is changed', async () => {
  const real = path.join(rig.root, 'dotfiles.json');
  writeFileSync(real, '{}\n', { mode: 0o600 });
  mkdirSync(path.dirname(cursor));
  symlinkSync(real, cursor);
  await add({ client: 'cursor' });
  expect(lstatSync(cursor).isSymbolicLink()).toBe(true);
  expect(readFileSync(real, 'utf8')).toContain('tokentray-rovo');
  await rig.service.remove({ client: 'cursor' });
  expect(readFileSync(real, 'utf8')).toBe('{}\n');
  expect(tree()).toEqual(['dotfiles.json', 'home/.cursor/mcp.json']);
});

it('a file of several MiB is no obstacle', async () => {
  const history = JSON.stringify({ projects: { '/w': { history: 'x'.repeat(5_000_000) } } });
  put(path.join(rig.home, '.claude.json'), history);
  const { diff } = await plan({ client: 'claude-code' });
  expect(diff.join('').length).toBeLessThan(1000);
  await add({ client: 'claude-code' });
  await rig.service.remove({ client: 'claude-code' });
  expect(readFileSync(path.join(rig.home, '.claude.json'), 'utf8')).toBe(history);
});

it('removes one entry by its name, and nothing that is not there', async () => {
  await add({ client: 'cursor' });
  await add({ client: 'cursor', server: 'https://example.com/mcp' });
  expect(await rig.service.remove({ client: 'cursor', name: 'jira' })).toMatchObject({
    ok: false,
    error: { code: 'not-found' },
  });
  expect(await rig.service.remove({ client: 'cursor', name: 'tokentray-example-com' })).toMatchObject({
    ok: true,
    value: { removed: ['tokentray-example-com'], deleted: false },
  });
  expect(
    Object.keys((JSON.parse(readFileSync(cursor, 'utf8')) as { mcpServers: object }).mcpServers),
  ).toEqual(['tokentray-rovo']);
  expect(await rig.service.remove({ client: 'codex' })).toMatchObject({
    ok: false,
    error: { code: 'not-found' },
  });
});
