import { describe, expect, test } from 'vitest';
import type { ConnectionId } from '../../../../contract/ids.ts';
import type { CommandUse, ExampleRequest, SentUse } from '../../../../contract/example.ts';
import { connectionWord, getLine, mcpAddLine, runLine } from '../../../../renderer/view/use/command.ts';
import { exampleOf, UNKNOWN_ADDRESS, type Example } from '../../../../renderer/view/use/example.ts';
import { mcpBlock } from '../../../../renderer/view/use/mcp-block.ts';
import { nodeExample } from '../../../../renderer/view/use/node-example.ts';
import { pythonExample } from '../../../../renderer/view/use/python-example.ts';
import { curlExample, powershellExample } from '../../../../renderer/view/use/shell-example.ts';

const ID = '11111111-1111-4111-8111-111111111111' as ConnectionId;
const named = (name: string) => ({ id: ID, name });

const PACKAGED: CommandUse = { typed: 'tokentray', program: ['tokentray'], sandbox: false, shell: 'posix' };
const CHECKOUT: CommandUse = {
  typed: 'npm --prefix /src run -s tokentray --',
  program: ['/usr/bin/node', '/src/out/cli/tokentray.cjs'],
  sandbox: true,
  shell: 'posix',
};
const WINDOWS: CommandUse = { ...PACKAGED, program: ['C:\\T\\tokentray.cmd'], shell: 'windows' };

const BEARER: SentUse = { header: 'Authorization', prefix: '', field: 'authorization', also: [] };
const OWN: SentUse = { header: 'X-API-Key', prefix: "50% 'of\\", field: 'access_token', also: [] };
const MYSELF: ExampleRequest = {
  api: { id: 'jira', name: 'Jira' },
  method: 'GET',
  path: '/rest/api/3/myself',
  headers: {},
  body: null,
};

const example = (change: Partial<Example> = {}): Example => ({
  command: PACKAGED,
  connection: named('acme'),
  sent: BEARER,
  request: MYSELF,
  ...change,
});

describe('a connection as a word', () => {
  test.each<[string, string, string]>([
    ['acme', 'acme', 'acme'],
    ['acme docs', "'acme docs'", '"acme docs"'],
    ["Ana's $HOME", "'Ana'\\''s $HOME'", ID],
    ['naïve – 日本', "'naïve – 日本'", ID],
    ['naïve 日本', "'naïve 日本'", '"naïve 日本"'],
    ['100%PATH%', "'100%PATH%'", ID],
    ['a"b`c', `'a"b\`c'`, ID],
    ['back\\slash', ID, ID],
    ['-rf', ID, ID],
    ['a;b|c&d', "'a;b|c&d'", ID],
  ])('%s', (name, posix, windows) => {
    expect([connectionWord(named(name), 'posix'), connectionWord(named(name), 'windows')]).toEqual([
      posix,
      windows,
    ]);
  });
});

test('commands are written as they are called here', () => {
  expect(getLine(PACKAGED, named('acme'), { api: 'jira', field: 'api_url' })).toBe(
    'tokentray get acme --api jira --field api_url',
  );
  expect(runLine(CHECKOUT, named('a b'), { preset: 'jira-cli', program: 'jira me' })).toBe(
    "npm --prefix /src run -s tokentray -- run --sandbox 'a b' --preset jira-cli -- jira me",
  );
  expect(mcpAddLine(PACKAGED, named('acme'), 'cursor')).toBe(
    'tokentray mcp add cursor --server mcp-atlassian --connection acme',
  );
});

describe('an example', () => {
  test('for curl gives the header through a pipe', () => {
    expect(curlExample(example())).toBe(
      [
        String.raw`printf 'Authorization: %s\n' \ `.trimEnd(),
        '  "$(tokentray get acme --api jira --field authorization)" |',
        String.raw`  curl -sS -H @- \ `.trimEnd(),
        '    "$(tokentray get acme --api jira --field api_url)/rest/api/3/myself"',
        '',
      ].join('\n'),
    );
  });

  test('for PowerShell calls no program with it', () => {
    expect(powershellExample(example({ command: WINDOWS, connection: named('acme docs') }))).toBe(
      [
        '$secret = (tokentray get "acme docs" --api jira --field authorization)',
        '$address = tokentray get "acme docs" --api jira --field api_url',
        "Invoke-RestMethod ($address + '/rest/api/3/myself') -Method GET -MaximumRedirection 0 -Headers @{ 'Authorization' = $secret; 'Accept' = 'application/json' }",
        '',
      ].join('\n'),
    );
    expect(powershellExample(example({ command: WINDOWS, sent: { ...OWN, prefix: 'it’s ' } }))).toContain(
      "$secret = 'it’’s ' + (tokentray get acme --api jira --field access_token)",
    );
  });

  test('on Windows asks through the shell, which batch files need', () => {
    expect(nodeExample(example({ command: WINDOWS }))).toContain(
      'execSync("tokentray get acme --api jira --field " + field,',
    );
    expect(pythonExample(example({ command: WINDOWS }))).toContain(
      'check_output("tokentray get acme --api jira --field " + field, shell=True, text=True)',
    );
  });

  test('without a known address says where to put it', () => {
    const unknown = exampleOf(named('acme'), { command: PACKAGED, sent: BEARER, request: null });
    for (const code of [curlExample, powershellExample, nodeExample, pythonExample].map((write) =>
      write(unknown),
    )) {
      expect(code).toContain(UNKNOWN_ADDRESS);
      expect(code).not.toMatch(/--api|api_url/);
    }
  });
});

describe('a block for MCP clients', () => {
  const block = (change: Partial<Parameters<typeof mcpBlock>[0]> = {}): unknown =>
    JSON.parse(
      mcpBlock({
        client: 'cursor',
        connection: named('Acme Docs'),
        command: PACKAGED,
        door: null,
        ...change,
      }),
    );
  const args = ['run', 'Acme Docs', '--preset', 'mcp-atlassian', '--', 'uvx', 'mcp-atlassian'];

  test('starts mcp-atlassian with what it needs', () => {
    expect(block()).toEqual({ mcpServers: { 'atlassian-acme-docs': { command: 'tokentray', args } } });
    expect(block({ client: 'vscode' })).toEqual({
      servers: { 'atlassian-acme-docs': { type: 'stdio', command: 'tokentray', args } },
    });
    expect(block({ command: CHECKOUT, connection: named('-x') })).toMatchObject({
      mcpServers: {
        'atlassian-x': {
          command: '/usr/bin/node',
          args: ['/src/out/cli/tokentray.cjs', 'run', '--sandbox', ID, ...args.slice(2)],
        },
      },
    });
    expect(block({ connection: named('日本') })).toHaveProperty('mcpServers.atlassian');
  });

  test('is the address of Tokentray itself where clients may sign in, and take one', () => {
    const door = 'http://127.0.0.1:7981';
    const url = `${door}/Acme%20Docs/mcp-atlassian`;
    expect(block({ door })).toEqual({ mcpServers: { 'atlassian-acme-docs': { url } } });
    expect(block({ door, client: 'claude-code' })).toHaveProperty(
      'mcpServers.atlassian-acme-docs.type',
      'http',
    );
    expect(block({ door, client: 'claude-desktop' })).toHaveProperty(
      'mcpServers.atlassian-acme-docs.command',
      'tokentray',
    );
  });
});
