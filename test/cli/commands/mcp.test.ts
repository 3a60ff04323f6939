import { expect, it } from 'vitest';
import type { McpFilePlan, McpFileView } from '../../../contract/mcp-files.ts';
import { cliSession } from '../../fakes/cli-session.ts';
import { refuse } from '../../fakes/fake-core.ts';
import { aConsumer, emptyGateway } from '../../fakes/gateway-data.ts';

const session = cliSession();
const FILE = '/home/ana/.cursor/mcp.json';

const plan = (change: Partial<McpFilePlan> = {}): McpFilePlan => ({
  client: 'cursor',
  scope: 'user',
  file: FILE,
  exists: true,
  changes: true,
  name: 'tokentray-rovo',
  url: 'http://127.0.0.1:7981/a/rovo',
  diff: ['@@ line 1 @@', ' {', '+  "tokentray-rovo": {},', '-x'],
  notes: ['Restart Cursor.'],
  digest: 'd1',
  ...change,
});
const written = { file: FILE, name: 'tokentray-rovo', changed: true, backup: `${FILE}.tokentray-backup` };

it('add shows the difference, asks, and writes what was shown', async () => {
  session.core.answers = { 'mcp.plan': () => plan(), 'mcp.write': () => written };
  session.cli.atTerminal().stdin.type('n', 'y');
  expect(await session.cli.run('mcp', 'add', 'cursor')).toMatchObject({ code: 1 });
  expect(session.core.inputs('mcp.write')).toEqual([]);
  const { code, out, err } = await session.cli.run(
    'mcp',
    'add',
    'cursor',
    '--server',
    'rovo',
    '--connection',
    'a',
  );
  expect({ code, out }).toEqual({ code: 0, out: '' });
  expect(err).toBe(
    `${FILE}\n@@ line 1 @@\n {\n+  "tokentray-rovo": {},\n-x\nWrite this? [y/N] Written: ${FILE}\n` +
      `As it was before: ${FILE}.tokentray-backup\nRestart Cursor.\n`,
  );
  expect(session.core.inputs('mcp.write')).toEqual([
    { client: 'cursor', server: 'rovo', connection: 'a', scope: 'user', key: false, digest: 'd1' },
  ]);
});

it('add says how to name a connection where several could be meant', async () => {
  session.core.answers = {
    'mcp.plan': () => refuse('ambiguous', 'Several reach it.', 'Name one: “a”, “b”.'),
  };
  const { code, err } = await session.cli.run('mcp', 'add', 'cursor');
  expect(code).toBe(2);
  expect(err).toContain('Use --connection NAME.');
});

it('add writes nothing without a terminal, unless --yes is given', async () => {
  session.core.answers = { 'mcp.plan': () => plan({ exists: false }), 'mcp.write': () => written };
  const refused = await session.cli.run('mcp', 'add', 'cursor');
  expect(refused.code).toBe(2);
  expect(refused.err).toContain(`${FILE} (new)\n`);
  expect(refused.err).toContain('Add --yes to write what is shown.');
  expect(session.core.inputs('mcp.write')).toEqual([]);
  expect(await session.cli.run('mcp', 'add', 'cursor', '--yes')).toMatchObject({ code: 0 });
  session.cli.atTerminal();
  expect(await session.cli.json('mcp', 'add', 'cursor')).toMatchObject({
    code: 2,
    documents: [plan({ exists: false }), { error: { code: 'usage' } }],
  });
  expect(await session.cli.json('mcp', 'add', 'cursor', '--yes')).toEqual({
    code: 0,
    documents: [{ ...written, diff: plan().diff, notes: plan().notes }],
    err: '',
  });
});

it('add of what is there asks nothing', async () => {
  session.core.answers = {
    'mcp.plan': () => plan({ changes: false, diff: [] }),
    'mcp.write': () => ({ ...written, changed: false, backup: null }),
  };
  expect(await session.cli.run('mcp', 'add', 'cursor')).toMatchObject({
    code: 0,
    err: `Nothing to change in ${FILE}.\nRestart Cursor.\n`,
  });
});

it('--project means the file of the project in this folder', async () => {
  session.core.answers = {
    'mcp.plan': () => plan(),
    'mcp.write': () => written,
    'mcp.remove': () => ({
      file: FILE,
      removed: ['tokentray-rovo'],
      deleted: true,
      keys: [
        { name: 'Claude Code: mcp (Acme)', usedBy: null },
        { name: 'Claude Code: mcp (Beta)', usedBy: '/home/ana/.claude.json' },
      ],
    }),
  };
  await session.cli.run('mcp', 'add', 'claude-code', '--project', '--key', '--yes');
  expect(session.core.inputs('mcp.plan')).toEqual([
    { client: 'claude-code', scope: 'project', folder: '/work', key: true },
  ]);
  expect(await session.cli.run('mcp', 'remove', 'claude-code', '--project')).toEqual({
    code: 0,
    out: '',
    err:
      `Removed from ${FILE}: tokentray-rovo\nThe file is gone: it was not there before.\n` +
      'The key “Claude Code: mcp (Acme)” is removed too. If another project has an entry with it, add that one again.\n' +
      'The key “Claude Code: mcp (Beta)” stays, because /home/ana/.claude.json uses it. To remove it: tokentray gateway remove "Claude Code: mcp (Beta)"\n',
  });
  expect(session.core.inputs('mcp.remove')).toEqual([
    { client: 'claude-code', scope: 'project', folder: '/work' },
  ]);
  session.cli.cwd = null;
  expect(await session.cli.run('mcp', 'add', 'cursor', '--project')).toMatchObject({ code: 1 });
});

it('add passes a failure on', async () => {
  session.core.answers = { 'mcp.plan': () => refuse('conflict', 'It is not valid JSON.', 'Correct it.') };
  expect(await session.cli.run('mcp', 'add', 'cursor', '--yes')).toMatchObject({
    code: 1,
    err: 'tokentray: It is not valid JSON.\n  Correct it.\n',
  });
  expect((await session.cli.run('mcp', 'add', 'notepad')).code).toBe(2);
});

it('list shows entries, and what does not fit', async () => {
  const files: McpFileView[] = [
    {
      client: 'cursor',
      scope: 'user',
      file: FILE,
      problem: null,
      entries: [
        { name: 'tokentray-rovo', url: 'http://127.0.0.1:7981/a/rovo', usesKey: false, problem: null },
        {
          name: 'tokentray-b',
          url: 'http://127.0.0.1:1/b/mcp',
          usesKey: true,
          problem: { code: 'conflict', message: 'Wrong port.', hint: 'Add it again.' },
        },
      ],
    },
    {
      client: 'codex',
      scope: 'user',
      file: '/c.toml',
      entries: [],
      problem: { code: 'conflict', message: '/c.toml: It is not valid TOML.' },
    },
  ];
  const rest = {
    'gateway.view': () => emptyGateway(),
    'mcp.consents': () => ({ consents: [] }),
  };
  session.core.answers = { 'mcp.files': () => ({ files }), ...rest };
  expect(await session.cli.run('mcp', 'list')).toEqual({
    code: 0,
    out:
      'CLIENT  NAME            ACCESS   STATE           ADDRESS                       FILE\n' +
      `cursor  tokentray-rovo  sign-in  ● Fits          http://127.0.0.1:7981/a/rovo  ${FILE}\n` +
      `cursor  tokentray-b     key      ▲ Does not fit  http://127.0.0.1:1/b/mcp      ${FILE}\n`,
    err: '▲ tokentray-b: Wrong port.\n    Add it again.\n▲ /c.toml: It is not valid TOML.\n',
  });
  expect(session.core.inputs('mcp.files')).toEqual([{ folder: '/work' }]);
  expect((await session.cli.json('mcp', 'list')).documents).toEqual([files]);
  session.core.answers = { 'mcp.files': () => ({ files: [] }), ...rest };
  expect(await session.cli.run('mcp')).toMatchObject({
    code: 0,
    out: '',
    err: expect.stringContaining('tokentray mcp add claude-code') as string,
  });
});

it('list names clients that signed in, by state', async () => {
  const client = aConsumer(1, session.cli.now, { kind: 'mcp-client', name: 'Claude Code' });
  session.core.answers = {
    'mcp.files': () => ({ files: [] }),
    'gateway.view': () => ({ ...emptyGateway(), consumers: [client, aConsumer(2, session.cli.now)] }),
    'mcp.consents': () => ({ consents: [] }),
    'connections.list': () => ({ connections: [], damaged: [] }),
  };
  expect((await session.cli.run('mcp', 'list')).out).toBe(
    'SIGNED IN    STATE           CONNECTIONS  LAST USED\n' +
      'Claude Code  ○ Not used yet  all          never\n',
  );
});

it('header prints the headers alone, and says where the client would send them', async () => {
  session.core.answers = { 'mcp.header': () => ({ headers: { Authorization: 'Bearer ttk_x' } }) };
  session.cli.env['CLAUDE_CODE_MCP_SERVER_URL'] = 'http://127.0.0.1:7980/a/mcp';
  expect(await session.cli.run('mcp', 'header', 'a')).toEqual({
    code: 0,
    out: '{"Authorization":"Bearer ttk_x"}\n',
    err: '',
  });
  delete session.cli.env['CLAUDE_CODE_MCP_SERVER_URL'];
  await session.cli.run('mcp', 'header');
  expect(session.core.inputs('mcp.header')).toEqual([
    { connection: 'a', url: 'http://127.0.0.1:7980/a/mcp' },
    {},
  ]);
  session.core.answers = { 'mcp.header': () => refuse('refused', 'No.') };
  expect(await session.cli.run('mcp', 'header')).toEqual({ code: 1, out: '', err: 'tokentray: No.\n' });
});
