import { describe, expect, it } from 'vitest';
import type { GatewayView } from '../../../contract/gateway.ts';
import { DEFAULT_SETTINGS, type Settings } from '../../../contract/settings.ts';
import { cliSession } from '../../fakes/cli-session.ts';
import { aConsent, consentId } from '../../fakes/consent-data.ts';
import { refuse } from '../../fakes/fake-core.ts';
import { aConsumer, emptyGateway } from '../../fakes/gateway-data.ts';
import { aConnection, connectionId } from '../../fakes/window-data.ts';

const session = cliSession();
const URL = 'http://127.0.0.1:7981';
const fault = { code: 'port-taken', message: 'Port 7981 is used.', hint: 'Choose another.' } as const;

/** Answers as a core does whose doors follow the settings one look later. */
function core(change: Partial<GatewayView> = {}, ports: { fails?: boolean } = {}): void {
  let settings: Settings = DEFAULT_SETTINGS;
  let looks = 0;
  session.core.answers = {
    'settings.get': () => settings,
    'settings.set': (patch) => {
      looks = 0;
      settings = { ...settings, ...(patch as Partial<Settings>) };
      return settings;
    },
    'gateway.view': () => {
      const isReady = looks++ > 0;
      const open = (port: number) =>
        ports.fails === true ? { url: null, fault } : { url: `http://127.0.0.1:${port}`, fault: null };
      const view = { ...emptyGateway(), ...change };
      return {
        ...view,
        ...(isReady && settings.mcpSignIn && { mcp: open(settings.mcpPort) }),
        ...(isReady && view.consumers.length > 0 && { gateway: open(settings.gatewayPort) }),
      };
    },
    'mcp.consents': () => ({ consents: [] }),
    'connections.list': () => ({
      connections: [aConnection(1, session.cli.now, { name: 'acme' })],
      damaged: [],
    }),
  };
}

describe('mcp sign-in', () => {
  it('switches on and off, and says at which address once it listens', async () => {
    core();
    expect(await session.cli.run('mcp', 'sign-in', 'on')).toEqual({
      code: 0,
      out: '',
      err: `MCP clients may sign in at ${URL}.\n`,
    });
    expect((await session.cli.json('mcp', 'sign-in', '--port', '7991')).documents).toEqual([
      { signIn: true, port: 7991, foreignTokens: false, url: 'http://127.0.0.1:7991', fault: null },
    ]);
    await session.cli.run('mcp', 'sign-in', '--foreign-tokens', 'on');
    expect((await session.cli.run('mcp', 'sign-in', 'off')).err).toBe('MCP clients cannot sign in.\n');
    expect(session.core.inputs('settings.set')).toEqual([
      { mcpSignIn: true },
      { mcpPort: 7991 },
      { mcpForeignTokens: true },
      { mcpSignIn: false },
    ]);
  });

  it('says why it does not listen', async () => {
    core({}, { fails: true });
    expect((await session.cli.run('mcp', 'sign-in', 'on')).err).toBe(
      '▲ Port 7981 is used.\n    Choose another.\n',
    );
  });

  it.each([[[]], [['perhaps']], [['on', '--port', '80']], [['--foreign-tokens', 'maybe']]])(
    'is wrong usage with %j, and changes nothing',
    async (words) => {
      core();
      expect((await session.cli.run('mcp', 'sign-in', ...words)).code).toBe(2);
      expect(session.core.inputs('settings.set')).toEqual([]);
    },
  );
});

describe('gateway port', () => {
  it('is changed, and a port that is taken is said', async () => {
    core();
    expect((await session.cli.run('gateway', 'port', '7990')).err).toBe('The gateway’s port is now 7990.\n');
    core({ consumers: [aConsumer(1, 0)] });
    expect((await session.cli.json('gateway', 'port', '7990')).documents).toEqual([
      { port: 7990, url: 'http://127.0.0.1:7990', fault: null },
    ]);
    core({ consumers: [aConsumer(1, 0)] }, { fails: true });
    expect((await session.cli.run('gateway', 'port', '7990')).err).toContain('▲ Port 7981 is used.');
  });

  it.each(['80', '70000', 'x', '79.5', '-7990'])('is wrong usage with %s', async (port) => {
    core();
    expect((await session.cli.run('gateway', 'port', port)).code).toBe(2);
    expect(session.core.inputs('settings.set')).toEqual([]);
  });
});

const client = (n: number, name: string, change: object) =>
  aConsumer(n, session.cli.now, { kind: 'mcp-client', name, connections: [connectionId(1)], ...change });

describe('mcp status', () => {
  it('shows the address, and clients by state', async () => {
    const ago = new Date(session.cli.now - 120_000).toISOString();
    const consumers = [
      client(1, 'Claude Code', { lastUsedAt: ago }),
      client(2, 'Cursor', {}),
      client(3, 'Old one', { lastUsedAt: ago, expiresAt: ago }),
      aConsumer(4, session.cli.now),
    ];
    core({ consumers });
    session.core.answers['mcp.consents'] = () => ({ consents: [aConsent({ clientName: 'Codex' })] });
    await session.cli.run('mcp', 'sign-in', 'on');
    const { code, out, err } = await session.cli.run('mcp', 'status');
    expect({ code, lines: out.split('\n') }).toEqual({
      code: 0,
      lines: [
        `Sign-in: ${URL}`,
        'SIGNED IN    STATE            CONNECTIONS  LAST USED',
        'Codex        ◌ Waits for you  acme         never',
        'Claude Code  ● Signed in      acme         2 min ago',
        'Cursor       ○ Not used yet   acme         never',
        'Old one      ▲ Expired        acme         2 min ago',
        '',
      ],
    });
    expect(err).toBe('Decide about those that wait: tokentray mcp consents\n');
    const { documents } = await session.cli.json('mcp', 'status');
    expect(documents).toEqual([
      {
        ...{ signIn: true, port: 7981, foreignTokens: false, url: URL, fault: null },
        clients: consumers.slice(0, 3),
        consents: [aConsent({ clientName: 'Codex' })],
      },
    ]);
  });

  it('says that it is off', async () => {
    core();
    expect(await session.cli.run('mcp', 'status')).toEqual({
      code: 0,
      out: 'Sign-in: off\n',
      err: 'No MCP client has signed in.\n',
    });
  });
});

describe('consents', () => {
  it('are listed with what is proven and where the answer goes', async () => {
    const choice = (n: number, name: string) => ({
      connection: { id: connectionId(n), name },
      server: 'rovo',
      serverName: 'Atlassian Rovo',
    });
    const until = new Date(session.cli.now + 300_000).toISOString();
    const consents = [
      aConsent({ until, choices: [choice(1, 'acme'), choice(3, 'beta\u001b[2J')] }),
      aConsent({ id: consentId(2), until, clientName: null, clientHost: 'claude.ai', unproven: false }),
    ];
    session.core.answers = { 'mcp.consents': () => ({ consents }) };
    const { code, out, err } = await session.cli.run('mcp', 'consents');
    expect(code).toBe(0);
    expect(out.split('\n').map((line) => line.replaceAll(/ {2,}/g, ' | '))).toEqual([
      'ID | CLIENT | NAME IS | SENT TO | CONNECTION | SERVER | ENDS',
      `${consentId(1)} | Claude Code | unproven | 127.0.0.1 | acme | Atlassian Rovo | in 5 min`,
      `${consentId(2)} | claude.ai | claude.ai | 127.0.0.1 | acme | Atlassian Rovo | in 5 min`,
      '',
    ]);
    expect(err).toContain(`${consentId(1)} did not say which connection: acme (rovo), beta`);
    expect(err).not.toContain('\u001b');
    expect(err).toContain('any program on this machine could use this name');
    expect(err).toContain('tokentray mcp allow ID');
    expect((await session.cli.json('mcp', 'consents')).documents).toEqual([consents]);
  });

  it('are none', async () => {
    session.core.answers = { 'mcp.consents': () => ({ consents: [] }) };
    expect((await session.cli.run('mcp', 'consents')).err).toBe('No MCP client is waiting.\n');
  });

  it.each([
    [[], [{ then: 'allow', operations: ['read'] }], 'It may read.'],
    [['--read-only'], [{ then: 'allow', operations: ['read'] }], 'It may read.'],
    [
      ['--ask'],
      [
        { then: 'allow', operations: ['read'] },
        { then: 'ask', operations: ['change'] },
      ],
      'before each change',
    ],
    [['--everything'], [{ then: 'allow' }], 'everything'],
  ])('are given with %j', async (options, rules, words) => {
    session.core.answers = { 'mcp.consent': () => ({}) };
    const { code, err } = await session.cli.run('mcp', 'allow', 'x1', ...options, '--connection', 'acme');
    expect(code).toBe(0);
    expect(err).toContain(words);
    expect(session.core.inputs('mcp.consent')).toEqual([
      { id: 'x1', decision: 'allow', connection: 'acme', rules },
    ]);
  });

  it('are given in one way only', async () => {
    session.core.answers = { 'mcp.consent': () => ({}) };
    expect((await session.cli.run('mcp', 'allow', 'x1', '--ask', '--everything')).code).toBe(2);
    expect((await session.cli.run('mcp', 'allow')).code).toBe(2);
    expect(session.core.inputs('mcp.consent')).toEqual([]);
  });

  it('are denied, and one that is over is said', async () => {
    session.core.answers = { 'mcp.consent': () => ({}) };
    expect((await session.cli.run('mcp', 'deny', 'x1')).err).toBe('Refused.\n');
    expect(session.core.inputs('mcp.consent')).toEqual([{ id: 'x1', decision: 'deny' }]);
    session.core.answers = { 'mcp.consent': () => refuse('not-found', 'No longer open.', 'Again.') };
    expect((await session.cli.run('mcp', 'deny', 'x1')).code).toBe(5);
    expect((await session.cli.run('mcp', 'allow', 'x1')).code).toBe(5);
  });

  it('are completed', async () => {
    session.core.answers = { 'mcp.consents': () => ({ consents: [aConsent()] }) };
    for (const word of ['allow', 'deny'])
      expect((await session.cli.run('__complete', '--', 'mcp', word, '')).out).toBe(
        `${consentId(1)}\tClaude Code\n`,
      );
  });
});
