import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { isolatedEnv, runCli, startApp, type CliAnswer, type RunningApp } from '../e2e/support/app.ts';
import { connect } from './support/connect.ts';

const CONFIG =
  '// mine\r\n{\r\n  "servers": {\r\n    "jira": { "command": "uvx", "env": { "TOKEN": "s3cret" } }, // keep\r\n  },\r\n}\r\n';

let root: string;
let app: RunningApp;
let project: string;
let run: (...args: string[]) => Promise<CliAnswer>;

beforeAll(async () => {
  root = mkdtempSync(path.join(tmpdir(), 'tokentray-mcp-cli-'));
  const person = path.join(root, 'person');
  const data = path.join(root, 'data');
  project = path.join(root, 'project');
  for (const folder of [person, data, project]) mkdirSync(folder, { mode: 0o700 });
  const env = { HOME: person, XDG_CONFIG_HOME: path.join(person, '.config'), CODEX_HOME: undefined };
  app = await startApp([], { home: data, env, keepHome: true });
  run = (...args) => runCli(args, { ...isolatedEnv(data), ...env }, { cwd: project });
  expect(await connect(app)).toHaveProperty('connection');
});
afterAll(async () => {
  await app.stop();
  rmSync(root, { recursive: true, force: true });
});

it('adds to the files of programs, lists and removes, and leaves every byte as it was', async () => {
  const vscode = path.join(project, '.vscode', 'mcp.json');
  mkdirSync(path.dirname(vscode));
  writeFileSync(vscode, CONFIG, { mode: 0o644 });
  const asked = await run('mcp', 'add', 'vscode', '--server', 'mcp-atlassian', '--project');
  expect([asked.code, readFileSync(vscode, 'utf8')]).toEqual([2, CONFIG]);
  expect(asked.stderr).toContain('+    "tokentray-mcp-atlassian": {');
  expect(asked.stderr).not.toContain('s3cret');

  const added = await run('mcp', 'add', 'vscode', '--server', 'mcp-atlassian', '--project', '--yes');
  expect(added).toMatchObject({ code: 0, stdout: '' });
  const codex = await run('mcp', 'add', 'codex', '--server', 'mcp-atlassian', '--yes', '--json');
  const file = path.join(root, 'person', '.codex', 'config.toml');
  expect(codex.json()).toMatchObject({ file, name: 'tokentray-mcp-atlassian', changed: true, backup: null });
  expect(readFileSync(file, 'utf8')).toMatch(
    /^\[mcp_servers\.tokentray-mcp-atlassian\]\nurl = "http:\/\/127\.0\.0\.1:\d+\/[0-9a-f-]{36}\/mcp-atlassian"\n$/,
  );

  const written = readFileSync(vscode, 'utf8');
  expect(written).toContain('{ "command": "uvx", "env": { "TOKEN": "s3cret" } }, // keep\r\n');
  expect(statSync(vscode).mode & 0o777).toBe(0o644);
  expect((await run('mcp', 'list', '--json')).json()).toMatchObject([
    { client: 'vscode', scope: 'project', entries: [{ problem: null }] },
    { client: 'codex', scope: 'user', entries: [{ problem: null }] },
  ]);

  expect(await run('mcp', 'remove', 'vscode', '--project')).toMatchObject({ code: 0 });
  expect(await run('mcp', 'remove', 'codex')).toMatchObject({ code: 0 });
  expect(readFileSync(vscode, 'utf8')).toBe(CONFIG);
  expect(statSync(file, { throwIfNoEntry: false })).toBeUndefined();
  expect(statSync(`${vscode}.tokentray-backup`, { throwIfNoEntry: false })).toBeUndefined();
  expect((await run('log')).stdout).toContain('Added “tokentray-mcp-atlassian” to the file of VS Code');
});

it('says what is wrong with a file, and with what', async () => {
  const cursor = path.join(root, 'person', '.cursor', 'mcp.json');
  mkdirSync(path.dirname(cursor));
  writeFileSync(cursor, '{\n  "mcpServers" {}\n}');
  const broken = await run('mcp', 'add', 'cursor', '--server', 'mcp-atlassian', '--yes');
  expect(broken).toMatchObject({ code: 1, stdout: '' });
  expect(broken.stderr).toContain(`${cursor}: It is not valid JSON: colon expected in line 2.`);
  expect((await run('mcp', 'add', 'cursor', '--yes')).stderr).toContain(
    'No connection reaches the MCP server rovo.',
  );
  expect((await run('mcp', 'header')).code).not.toBe(0);
});
