import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import type { SignInStage } from '../../contract/sign-in.ts';
import { width } from '../../cli/present/width.ts';
import { aClient, aConnection, connectionId, aSignIn } from '../fakes/window-data.ts';
import { commandLine, says } from './support/command-line.ts';

const line = commandLine();
const ended = (...args: string[]) => line.tokentray(...args).ended;
const tokentray = (...args: string[]) => line.tokentray(...args);
const shell = (script: string) => line.shell(script);

describe('streams', () => {
  it('has the value and nothing else on stdout', async () => {
    expect(await ended('get')).toEqual({ code: 0, signal: null, out: 'the-token\n', err: '' });
  });

  it('is quiet when nobody reads on', async () => {
    const many = Array.from({ length: 20_000 }, () => aConnection(1, Date.now()));
    line.core.answers['connections.list'] = () => ({ connections: many });
    const { code, out: text, err } = await shell('"$0" "$1" list | head -n 1; echo "${PIPESTATUS[0]}"');
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(text).toMatch(/^ +NAME .*\n0\n$/);
    expect(await shell('"$0" "$1" get >&-')).toMatchObject({ code: 0, err: '' });
  });

  it('writes a large list whole through a slow pipe', async () => {
    const many = Array.from({ length: 20_000 }, (_, n) => aConnection(n, Date.now()));
    line.core.answers['connections.list'] = () => ({ connections: many });
    const { out: text } = await shell('"$0" "$1" list --json | (sleep 0.3; cat)');
    expect(JSON.parse(text)).toHaveLength(20_000);
  });
});

describe('run', () => {
  const node = (script: string) => ended('run', '--', process.execPath, '-e', script);

  it('gives the command the variables, our arguments untouched and our streams', async () => {
    const { code, out: text } = await node(
      'console.log(process.env.ATLASSIAN_ACCESS_TOKEN, process.env.HOME)',
    );
    expect({ code, text }).toEqual({ code: 0, text: `a b$c ${line.home}\n` });
  });

  it.each([['process.exit(42)', 42]])('ends like the command: %s', async (script, code) => {
    expect(await node(script)).toMatchObject({ code, signal: null });
  });

  it('tells a command that is not there from one that cannot be run', async () => {
    expect(await ended('run', '--', 'no-such-command')).toMatchObject({ code: 127 });
    writeFileSync(path.join(line.home, 'plain'), '');
    chmodSync(path.join(line.home, 'plain'), 0o644);
    expect(await ended('run', '--', './plain')).toMatchObject({ code: 126 });
  });

  it('hands signals on and waits for the command to end', async () => {
    const { child, ended: end } = tokentray(
      'run',
      '--',
      process.execPath,
      '-e',
      'process.on("SIGTERM", () => process.exit(7)); console.log("ready"); setTimeout(() => {}, 1e5)',
    );
    await says(child, 'ready');
    child.kill('SIGTERM');
    expect(await end).toMatchObject({ code: 7 });
  });
});

describe('with an app of its own', () => {
  /** Stands for `out/main/serve.js`: listens where it should, or ends with 1 where another does. */
  function installApp(): void {
    mkdirSync(path.join(line.out, 'main'), { recursive: true });
    writeFileSync(
      path.join(line.out, 'main', 'serve.js'),
      `const { createServer } = require('node:http'); const fs = require('node:fs');
       if (process.argv.includes('--background')) {
         const run = process.env.TOKENTRAY_HOME + '/run';
         fs.mkdirSync(run, { recursive: true });
         try { fs.mkdirSync(process.env.TOKENTRAY_HOME + '/lock'); } catch { process.exit(1); }
         fs.writeFileSync(process.env.TOKENTRAY_HOME + '/pid', String(process.pid));
         setTimeout(() => createServer((request, response) => {
           const { pid } = process;
           response.end(JSON.stringify(request.url === '/v1/clients.list' ? { clients: [{ id: 'i', provider: 'p', name: 'n', clientId: 'c', hasSecret: true, redirectUri: 'u', connections: pid }] } : {}));
         }).listen(run + '/api.sock'), 200);
         setTimeout(() => process.exit(0), 20000);
       } else {
         process.on('SIGINT', () => process.exit(5));
         console.log(JSON.stringify(process.argv.slice(2)));
         setTimeout(() => process.exit(9), process.argv.includes('--port') ? 0 : 20000);
       }`,
    );
  }

  it('starts it once for commands that come at once, and leaves it running', async () => {
    installApp();
    await line.core.close();
    const all = await Promise.all([
      ended('clients', '--json'),
      ended('clients', '--json'),
      ended('clients', '--json'),
    ]);
    const answers = all.map(({ code, out: text }) => ({
      code,
      clients: JSON.parse(text) as { connections: number }[],
    }));
    const pid = answers[0]?.clients[0]?.connections ?? 0;
    expect(answers).toMatchObject(Array(3).fill({ code: 0, clients: [{ connections: pid }] }));
    process.kill(pid, 'SIGKILL');
  });

  it('serve ends like the app and hands signals on', async () => {
    installApp();
    expect(await ended('serve', '--port', '0')).toMatchObject({ code: 9, out: '["--port","0"]\n' });
    const { child, ended: end } = tokentray('serve', '--sandbox');
    await says(child, 'sandbox');
    child.kill('SIGINT');
    expect(await end).toMatchObject({ code: 5 });
  });
});

describe('at a terminal', () => {
  const view = (stage?: SignInStage) => aSignIn(1, Date.now(), stage && { stage });

  const terminal = (...args: string[]) =>
    line.terminal(['exec', process.execPath, line.program, ...args].join(' '));

  it('does not show a secret while it is typed', async () => {
    line.core.answers['clients.add'] = () => aClient();
    const { child, ended: end } = terminal(
      'clients',
      'add',
      'atlassian',
      '--client-id',
      'abc',
      '--name',
      'x',
      '--redirect-uri',
      'y',
    );
    await says(child, 'not shown');
    child.stdin.write('hunter2\r');
    const { code, out: text } = await end;
    expect({ code, shown: text.includes('hunter2') }).toEqual({ code: 0, shown: false });
    expect(line.core.inputs('clients.add')[0]?.clientSecret).toBe('hunter2');
  });

  it('cancels a sign-in on Ctrl-C', async () => {
    line.core.answers['sign-in.start'] = () => view();
    line.core.answers['sign-in.wait'] = () => new Promise<never>(() => undefined);
    line.core.answers['sign-in.cancel'] = () => view();
    const { child, ended: end } = terminal('connect', 'atlassian');
    await says(child, 'Ctrl-C cancels');
    child.stdin.write('\u0003');
    // `script` ends as a shell would say it: 128 + SIGINT.
    expect(await end).toMatchObject({ code: 130 });
    expect(line.core.inputs('sign-in.cancel')).toHaveLength(1);
  });

  it('takes a pasted address longer than a terminal’s own line', async () => {
    const callback = `http://127.0.0.1:7979/callback?code=${'c'.repeat(9000)}&state=s`;
    line.core.answers['sign-in.start'] = () => view();
    line.core.answers['sign-in.wait'] = () => new Promise<never>(() => undefined);
    line.core.answers['sign-in.complete'] = () => view({ stage: 'done', connection: connectionId(1) });
    const { child, ended: end } = terminal('connect', 'atlassian');
    await says(child, 'Ctrl-C cancels');
    child.stdin.write(`${callback}\r`);
    expect(await end).toMatchObject({ code: 0 });
    expect(line.core.inputs('sign-in.complete')[0]?.callbackUrl === callback).toBe(true);
  });
});

describe('completion in bash', () => {
  const complete = (...words: string[]) =>
    shell(
      `tokentray() { "$node" "$program" "$@"; }; node=$0 program=$1
       source <(tokentray completion bash)
       COMP_WORDS=(tokentray ${words.map((word) => `'${word}'`).join(' ')}); COMP_CWORD=${words.length}
       _tokentray 2>/dev/null; printf '%s\\n' "\${COMPREPLY[@]}"`,
    );

  it.each([
    [['sta'], 'status\n'],
    [['use', ''], 'acme\\ –\\ ana\n'],
    [['use', 'acme\\ '], 'acme\\ –\\ ana\n'],
    [['get', '--field', 'cl'], 'cloud_id\n'],
  ])('completes %j', async (words, reply) => {
    expect(await complete(...words)).toMatchObject({ code: 0, out: reply });
  });
});

describe('at a terminal', () => {
  it('fits the list to its width, and gives everything where nobody looks', async () => {
    const names = ['acme', '東京支社の顧客データベースへの接続', 'שלום עולם'];
    line.core.answers['connections.list'] = () => ({
      connections: names.map((name, n) => aConnection(n, Date.now(), { name, active: n === 0 })),
    });
    const { out } = await line.terminal(`stty cols 40; ${process.execPath} ${line.program} list`).ended;
    const lines = out.replaceAll('\r', '').split('\n');
    // oxlint-disable-next-line no-control-regex -- colours begin with Escape
    const rows = lines.map((text) => text.replaceAll(/\u001b\[\d+m/g, '')).filter((row) => row.includes('●'));
    expect(rows).toHaveLength(3);
    expect(new Set(rows.map((row) => width(row.slice(0, row.indexOf('●'))))).size).toBe(1);
    for (const row of rows) expect(width(row)).toBeLessThanOrEqual(40);
    expect(rows[0]).toContain('★ acme');
    const piped = await ended('list');
    for (const name of names) expect(piped.out).toContain(`${name}  `);
    expect(piped.out).not.toMatch(/[\u2068\u2069…]/);
  });
});
