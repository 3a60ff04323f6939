import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import type { NetworkView } from '../../../contract/network.ts';
import { cliSession } from '../../fakes/cli-session.ts';
import { aConnection } from '../../fakes/window-data.ts';

const session = cliSession();

const view = (change: Partial<NetworkView> = {}): NetworkView => ({
  connection: null,
  settings: {},
  hasProxyPassword: false,
  hasKeyPassphrase: false,
  effective: {},
  route: 'directly',
  ...change,
});

describe('network', () => {
  it('shows what is in force, and in JSON exactly what the core says', async () => {
    const shown = view({
      connection: 'acme',
      settings: { verify: false },
      effective: {
        proxy: { from: 'manual', url: 'http://ana@proxy:8080', bypass: ['.acme.example'] },
        caFile: '/ca\u001b[2J.pem',
        clientCertificate: { file: '/me.pem', keyFile: '/me.key' },
        verify: false,
      },
      hasProxyPassword: true,
      route: 'through the proxy proxy:8080 (from the network settings)',
    });
    session.core.answers = { 'network.get': () => shown };
    expect(await session.cli.run('network', '--connection', 'acme')).toEqual({
      code: 0,
      out:
        'Network settings of “acme”\n' +
        'Proxy               http://ana@proxy:8080 with a password, but not to .acme.example (not set here)\n' +
        'Requests go         through the proxy proxy:8080 (from the network settings)\n' +
        'CA file             /ca\ufffd[2J.pem (not set here)\n' +
        'Client certificate  /me.pem, key /me.key (not set here)\n' +
        'Certificates        ▲ Not checked: anyone on the way could read the token\n',
      err: '',
    });
    expect((await session.cli.json('network')).documents).toEqual([shown]);
  });

  it.each([
    [
      ['--proxy', 'proxy.acme.example:8080'],
      { proxy: { from: 'manual', url: 'http://proxy.acme.example:8080' } },
    ],
    [
      ['--proxy', 'socks5://s:1', '--bypass', '.acme.example, 10.0.0.0/8'],
      { proxy: { from: 'manual', url: 'socks5://s:1', bypass: ['.acme.example', '10.0.0.0/8'] } },
    ],
    [['--proxy', 'system'], { proxy: { from: 'system' } }],
    [['--proxy', 'None'], { proxy: { from: 'none' } }],
    [['--pac', 'http://wpad/x.pac'], { proxy: { from: 'pac', location: 'http://wpad/x.pac' } }],
    [['--ca', '/ca.pem'], { caFile: '/ca.pem' }],
    [['--cert', '/c.pem', '--key', '/k.pem'], { clientCertificate: { file: '/c.pem', keyFile: '/k.pem' } }],
    [['--verify', '--connection', 'acme'], { verify: true }],
    [['--no-verify', '--connection', 'acme'], { verify: false }],
    [
      ['--reset', '--proxy', 'system'],
      {
        proxy: { from: 'system' },
        caFile: null,
        clientCertificate: null,
        verify: true,
        proxyPassword: null,
        keyPassphrase: null,
      },
    ],
  ])('sends %j as a change', async (words, change) => {
    const sent: unknown[] = [];
    session.core.answers = {
      'network.set': (input) => {
        sent.push(input);
        return view();
      },
    };
    expect(await session.cli.run('network', ...words)).toMatchObject({ code: 0, err: '' });
    expect(sent).toEqual([words.includes('acme') ? { connection: 'acme', change } : { change }]);
  });

  it.each([
    [['--proxy', 'http://ana:hunter2@proxy:1'], 'read by every program'],
    [['--proxy', 'ana:hunter2@proxy:1'], 'read by every program'],
    [['--proxy', 'http://'], 'not valid'],
    [['--key', '/k'], '--key needs --cert'],
    [['--proxy', 'system', '--pac', '/x'], 'exclude each other'],
    [['--proxy', 'system', '--bypass', 'x'], '--bypass needs --proxy URL'],
    [['--bypass', 'x'], '--bypass needs --proxy URL'],
    [['--no-verify'], 'for one connection only'],
    [['--no-verify', '--verify', '--connection', 'acme'], 'exclude each other'],
  ])('refuses %j', async (words, reason) => {
    const { code, err } = await session.cli.run('network', ...words);
    expect(code).toBe(2);
    expect(err).toContain(reason);
    expect(err).not.toContain('hunter2');
  });

  it('reads the password of the proxy and the passphrase of an encrypted key from standard input', async () => {
    const key = path.join(path.dirname(session.cli.home), 'me.key');
    writeFileSync(key, '-----BEGIN ENCRYPTED PRIVATE KEY-----\n');
    const sent: unknown[] = [];
    session.core.answers = {
      'network.set': (input) => {
        sent.push(input);
        return view();
      },
    };
    session.cli.stdin.type('p@ss word', 'sesame');
    await session.cli.run('network', '--proxy', 'http://ana@proxy:1', '--cert', '/me.pem', '--key', key);
    expect(sent).toMatchObject([{ change: { proxyPassword: 'p@ss word', keyPassphrase: 'sesame' } }]);
  });

  it('marks connections whose certificates are not checked', async () => {
    const connections = [aConnection(1, session.cli.now, { name: 'acme', unverified: true })];
    session.core.answers = { 'connections.list': () => ({ connections }) };
    expect((await session.cli.run('list')).out).toContain('▲ Certificates not checked');
  });

  it('shows what should be done about a connection that works, in the list', async () => {
    const notice = {
      title: 'Outdated permissions',
      message: 'They open nothing.',
      hint: 'Run `tokentray test`.',
    };
    const connections = [aConnection(1, session.cli.now, { name: 'acme', notice })];
    session.core.answers = { 'connections.list': () => ({ connections }) };
    expect((await session.cli.run('list')).out).toContain('▲ Outdated permissions');
    expect((await session.cli.run('list', '--json')).out).not.toContain('Outdated');
  });
});
