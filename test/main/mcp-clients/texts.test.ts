import { expect, it } from 'vitest';
import { CLIENTS } from '../../../main/mcp-clients/clients/all-clients.ts';
import { helperCommand } from '../../../main/mcp-clients/helper-command.ts';
import { planAdd } from '../../../main/mcp-clients/plan.ts';
import { ourAddress, serverNamed, serverUrl } from '../../../main/mcp-clients/servers.ts';
import { withoutValue } from '../../../main/mcp-clients/show-diff.ts';
import { AIM, ID, JSON_FILES, NAMED } from './samples.ts';

it.each([
  ['  "jira": {', '  "jira": {'],
  ['  },', '  },'],
  ['  "command": "uvx",', '  "command": …'],
  ['  "API_TOKEN": "s3cret"', '  "API_TOKEN": …'],
  ['  "--token", "s3cret"', '  …'],
  ['  "s3cret"', '  …'],
  ['  s3cret', '  …'],
  ['// s3cret', '…'],
  ['{"a":{"s3cret":"s3cret"}}', '…'],
  ['{"a": ["s3cret"], "b": {', '…'],
  ['[mcp_servers.jira]', '[mcp_servers.jira]'],
  ['["s3cret"]', '…'],
  ['token = "s3cret"', 'token = …'],
  ['x'.repeat(200), '…'],
])('a line of others is shown as %s', (line, shown) => {
  expect(withoutValue(line)).toBe(shown);
});

it('a difference shows our lines whole and theirs without values', () => {
  const text = JSON_FILES['other servers']!.replaceAll('KEY', 'mcpServers');
  const change = planAdd(CLIENTS.cursor, Buffer.from(text), NAMED, AIM);
  expect(change.ok && change.value.diff).toEqual([
    '@@ line 2 @@',
    ' {',
    '   "mcpServers": {',
    '+    "tokentray-rovo": {',
    `+      "url": "${AIM.url}"`,
    '+    },',
    '     "jira": {',
    '       "command": …',
  ]);
});

it.each(Object.entries(JSON_FILES))('no difference shows a secret: %s', (_, text) => {
  const change = planAdd(CLIENTS.cursor, Buffer.from(text.replaceAll('KEY', 'mcpServers')), NAMED, AIM);
  expect(change.ok && change.value.diff.join('\n')).not.toContain('s3cret');
});

it.each<[string, string]>([
  ['{\n "a": 1,\n "b" 2\n}', 'It is not valid JSON: colon expected in line 3.'],
  ['{"a": 1', 'It is not valid JSON: close brace expected in line 1.'],
  ['{} {}', 'It is not valid JSON: end of file expected in line 1.'],
  ['<html>', 'It is not valid JSON: invalid symbol in line 1.'],
  ['[]', 'It holds something else than a JSON object.'],
  ['"text"', 'It holds something else than a JSON object.'],
  ['{"mcpServers": []}', '“mcpServers” in it is not an object.'],
  ['{"mcpServers": {}, "mcpServers": {}}', 'It has “mcpServers” more than once.'],
  ['{"mcpServers": {"a": {}, "a": {}}}', 'It has “a” more than once.'],
  ['['.repeat(200_000), 'Its values are nested too deeply.'],
  ['{"a":"\u0000"}', 'It is not UTF-8 text.'],
])('JSON that cannot be changed: %s', (text, message) => {
  expect(planAdd(CLIENTS.cursor, Buffer.from(text), NAMED, AIM)).toMatchObject({
    ok: false,
    error: { code: 'conflict', message },
  });
});

it.each([
  Buffer.from('{"é": 1}', 'latin1'),
  Buffer.from('\ufeff{}', 'utf16le'),
  Buffer.from([0xff, 0xfe, 0x7b, 0x00]),
])('bytes that are not UTF-8 are refused', (bytes) => {
  expect(planAdd(CLIENTS.cursor, bytes, NAMED, AIM)).toMatchObject({
    ok: false,
    error: { code: 'conflict' },
  });
});

it.each([
  ['a = 1\nb = = 2\n', 'It is not valid TOML: an error in line 2.'],
  ['mcp_servers = 1\n', '“mcp_servers” in it is not a table.'],
  [
    'mcp_servers = { jira = { url = "x" } }\n',
    '“mcp_servers” in it is written in a way that Tokentray does not change.',
  ],
  ['[[mcp_servers]]\nx = 1\n', '“mcp_servers” in it is not a table.'],
])('TOML that cannot be changed: %s', (text, message) => {
  expect(planAdd(CLIENTS.codex, Buffer.from(text), NAMED, AIM)).toMatchObject({
    ok: false,
    error: { code: 'conflict', message },
  });
});

it.each([
  ['rovo', { kind: 'known', id: 'rovo' }],
  ['mcp-atlassian', { kind: 'known', id: 'mcp-atlassian' }],
  ['https://Example.com/mcp', { kind: 'address', url: 'https://example.com/mcp', host: 'example.com' }],
  ['http://localhost:3000/mcp', { kind: 'address', host: 'localhost' }],
])('a server: %s', (given, value) => {
  expect(serverNamed(given)).toMatchObject({ ok: true, value });
});

it.each([
  'other',
  'constructor',
  'ftp://example.com',
  'https://',
  'http://example.com/mcp',
  'https://ana:s3cret@example.com/mcp',
  'https://example.com/mcp?key=s3cret',
  'https://example.com/mcp#s3cret',
  'https://example.com/${TOKEN}',
  'file:///etc/passwd',
])('no server: %s', (given) => {
  const server = serverNamed(given);
  expect(server).toMatchObject({ ok: false, error: { code: 'invalid-input' } });
  expect(JSON.stringify(server)).not.toContain('s3cret');
});

it('addresses are read as they are written', () => {
  const doors = { mcp: 'http://127.0.0.1:7981', gateway: 'http://127.0.0.1:7980' };
  const rovo = serverNamed('rovo');
  if (!rovo.ok || rovo.value.kind !== 'known') throw new Error();
  const url = serverUrl(rovo.value, ID, { key: true, doors });
  expect(url).toBe(`http://127.0.0.1:7980/${ID}/mcp`);
  expect(ourAddress(url ?? '')).toEqual({ connection: ID, server: 'rovo', origin: doors.gateway });
  for (const other of [
    'https://127.0.0.1:7980/a/mcp',
    'http://example.com/a/mcp',
    'http://127.0.0.1.example.com/a/mcp',
    'http://127.0.0.1/a/other',
    'http://127.0.0.1/a/mcp/x',
    'http://127.0.0.1/a',
    'http://127.0.0.1/%zz/mcp',
    'x',
  ])
    expect(ourAddress(other)).toBeNull();
});

it.each([
  [{ checkout: null, sandbox: false, platform: 'linux' }, 'tokentray mcp header c'],
  [{ checkout: null, sandbox: true, platform: 'linux' }, 'tokentray mcp header --sandbox c'],
  [
    { checkout: { node: '/n/node', file: "/it's $x/tokentray.cjs" }, sandbox: false, platform: 'linux' },
    String.raw`/n/node '/it'\''s $x/tokentray.cjs' mcp header c`,
  ],
  [
    { checkout: { node: 'C:\\n\\node.exe', file: 'C:\\a b\\t.cjs' }, sandbox: false, platform: 'win32' },
    String.raw`"C:\n\node.exe" "C:\a b\t.cjs" mcp header c`,
  ],
] as const)('a command for a shell: %j', (options, command) => {
  expect(helperCommand('c', options)).toBe(command);
});
