import { describe, expect, it } from 'vitest';
import type { ConnectionView } from '../../../../contract/connection.ts';
import { ProviderId } from '../../../../contract/ids.ts';
import { trayLabel, trayMenu, type TrayItem } from '../../../../main/hosts/electron/tray-menu.ts';
import { aConsent, consentId } from '../../../fakes/consent-data.ts';
import { aHeld, aProgramHeld, heldId } from '../../../fakes/gateway-data.ts';
import { aConnection, aSite, anExport, connectionId } from '../../../fakes/window-data.ts';
import { NOW, STATES, aModel } from './a-model.ts';

/** The menu as a person would read it out. */
function read(items: readonly TrayItem[], indent = ''): string[] {
  return items.flatMap((item): string[] => {
    switch (item.kind) {
      case 'separator':
        return [`${indent}─`];
      case 'heading':
        return [`${indent}# ${item.label}`];
      case 'action':
        return [`${indent}${item.label}`];
      case 'radio':
        return [`${indent}(${item.checked ? '•' : ' '}) ${item.label}`];
      case 'checkbox':
        return [`${indent}[${item.checked ? 'x' : ' '}] ${item.label}`];
      case 'submenu':
        return [`${indent}${item.label} ▸`, ...read(item.items, `${indent}  `)];
    }
  });
}

const find = (items: readonly TrayItem[], label: string): TrayItem | undefined =>
  items
    .flatMap((item) => (item.kind === 'submenu' ? [item, ...item.items] : [item]))
    .find((item) => item.kind !== 'separator' && item.label === label);

const acme = aConnection(1, NOW, {
  name: 'acme',
  active: true,
  site: aSite('acme'),
  account: { id: 'a', name: 'Ana', email: 'ana@acme.example', pictureUrl: null },
});
const beta = aConnection(2, NOW, { name: 'beta', active: false, status: STATES.gone });
const many = (count: number, active: number): ConnectionView[] =>
  Array.from({ length: count }, (_, index) =>
    aConnection(index + 1, NOW, {
      name: `c${String(index + 1).padStart(3, '0')}`,
      active: index + 1 === active,
    }),
  );

describe('trayMenu', () => {
  it('is the one of docs, with two accounts and an env file', () => {
    const model = aModel({ connections: [beta, acme], exports: [anExport(1, NOW)] });
    expect(read(trayMenu(model, NOW))).toEqual([
      '⚠ acme (ana@acme.example)',
      '─',
      '# Atlassian Cloud',
      '(•) acme',
      '( ) beta  ⚠ reconnect',
      '─',
      'Copy ▸',
      '  Access token',
      '  Authorization header',
      '  Site URL',
      '  Cloud ID',
      'Update env files now',
      'Reconnect “beta”…',
      '─',
      'Connect account…',
      'Open Tokentray',
      '[ ] Pause refreshing',
      'Settings…',
      '─',
      'Quit Tokentray',
    ]);
  });

  it('begins with requests that wait, each saying what it would do before its answers', () => {
    const menu = trayMenu(aModel({ held: [aHeld(1, NOW)] }), NOW);
    expect(read(menu).slice(0, 11)).toEqual([
      '⚠ “triage bot” waits for your decision',
      '─',
      '⚠ triage bot: Create an issue in ABC: “Printer 1 … ▸',
      '  # triage bot asks “acme”',
      '  # Create an issue in ABC: “Printer 1 is on fire”',
      '  # POST /rest/api/3/issue',
      '  ─',
      '  Allow once',
      '  Refuse',
      'Show this request…',
      '─',
    ]);
    expect(find(menu, 'Allow once')).toMatchObject({
      command: { do: 'decide', request: heldId(1), decision: 'approve' },
    });
    expect(find(menu, 'Refuse')).toMatchObject({
      command: { do: 'decide', request: heldId(1), decision: 'deny' },
    });
  });

  it('says where a program that asks comes from, and has answers that hold for longer', () => {
    const menu = trayMenu(aModel({ held: [aProgramHeld(1, NOW)] }), NOW);
    expect(read(menu).slice(0, 15)).toEqual([
      '⚠ “deploy.mjs” waits for your decision',
      '─',
      '⚠ deploy.mjs: Get the access token ▸',
      '  # deploy.mjs asks “acme”',
      '  # Get the access token',
      '  # /home/ana/project/deploy.mjs',
      '  # started by bash in gnome-terminal',
      '  # in /home/ana/project',
      '  ─',
      '  Allow once',
      '  Allow until its terminal closes',
      '  Allow for a day',
      '  Always allow',
      '  Deny',
      'Show this request…',
    ]);
    expect(find(menu, 'Allow for a day')).toMatchObject({
      command: { do: 'decide', request: heldId(1), decision: 'approve', lasts: 'day' },
    });
  });

  it('has room for five of them, and leads to all', () => {
    const held = Array.from({ length: 12 }, (_, index) => aHeld(index + 1, NOW));
    const menu = trayMenu(aModel({ held }), NOW);
    expect(menu.filter(({ kind }) => kind === 'submenu')).toHaveLength(5);
    expect(find(menu, 'Show all 12 requests…')).toMatchObject({
      command: { do: 'open', target: { view: 'gateway' } },
    });
  });

  it('then has clients that wait for consent, each leading to its dialog', () => {
    const consents = [aConsent(), aConsent({ id: consentId(2), clientName: 'R&D agent' })];
    const menu = trayMenu(aModel({ consents }), NOW);
    expect(read(menu).slice(0, 5)).toEqual([
      '⚠ 2 programs want to sign in',
      '─',
      '⚠ Claude Code wants to sign in…',
      '⚠ R&&D agent wants to sign in…',
      '─',
    ]);
    expect(find(menu, '⚠ Claude Code wants to sign in…')).toMatchObject({
      command: { do: 'open', target: { view: 'consent', consent: consentId(1) } },
    });
    const both = read(trayMenu(aModel({ consents, held: [aHeld(1, NOW)] }), NOW));
    expect(both.indexOf('Show this request…')).toBeLessThan(both.indexOf('⚠ Claude Code wants to sign in…'));
  });

  it('has room for five of those, and leads to all', () => {
    const consents = Array.from({ length: 7 }, (_, index) => aConsent({ id: consentId(index + 1) }));
    const menu = trayMenu(aModel({ consents }), NOW);
    expect(read(menu).filter((label) => label.endsWith('wants to sign in…'))).toHaveLength(5);
    expect(find(menu, 'Show all 7 programs…')).toMatchObject({
      command: { do: 'open', target: { view: 'gateway' } },
    });
  });

  it('is short where nothing is connected', () => {
    expect(read(trayMenu(aModel(), NOW)).slice(0, 4)).toEqual([
      '● No accounts connected',
      '─',
      'Connect account…',
      'Open Tokentray',
    ]);
  });

  it('groups by provider and copies from each active one', () => {
    const other = aConnection(3, NOW, {
      name: 'on-prem',
      provider: ProviderId.parse('jira-dc'),
      providerName: 'Jira Data Center',
      active: true,
      site: null,
    });
    const lines = read(trayMenu(aModel({ connections: [acme, other] }), NOW));
    expect(lines[0]).toBe('● Connected');
    expect(lines).toContain('# Jira Data Center');
    const from = lines.indexOf('Copy from “on-prem” ▸');
    expect(find(trayMenu(aModel({ connections: [other, acme] }), NOW), 'Access token')).toMatchObject({
      command: { do: 'copy', connection: connectionId(1) },
    });
    // Without a site there is nothing of it to copy.
    expect(lines.slice(from + 1, from + 4)).toEqual(['  Access token', '  Authorization header', '─']);
  });

  it('shows nine of a provider, the active one among them, and the rest behind “More”', () => {
    const items = trayMenu(aModel({ connections: many(12, 11) }), NOW);
    const radios = items.filter((item) => item.kind === 'radio');
    expect(radios).toHaveLength(9);
    expect(radios.at(-1)).toMatchObject({ label: 'c011', checked: true });
    const more = find(items, 'More connections…');
    expect(more?.kind === 'submenu' && read(more.items)).toEqual(['c009', 'c010', 'c012']);
  });

  it('does not grow with hundreds', () => {
    const items = trayMenu(aModel({ connections: many(500, 1) }), NOW);
    const more = find(items, 'More connections…');
    const inside = more?.kind === 'submenu' ? more.items : [];
    expect(inside).toHaveLength(42);
    expect(inside.at(-1)).toMatchObject({ label: 'All connections…' });
    expect(items.length).toBeLessThan(30);
  });

  it.each([
    ['beta  ⚠ reconnect', { do: 'use', connection: connectionId(2) }],
    ['Access token', { do: 'copy', connection: null, field: 'access_token' }],
    ['Reconnect “beta”…', { do: 'open', target: { view: 'connect', reconnect: connectionId(2) } }],
    ['Connect account…', { do: 'open', target: { view: 'connect', reconnect: null } }],
    ['Settings…', { do: 'open', target: { view: 'settings' } }],
    ['Pause refreshing', { do: 'pause', paused: true }],
    ['Quit Tokentray', { do: 'quit' }],
  ])('“%s” asks for %o', (label, command) => {
    expect(find(trayMenu(aModel({ connections: [acme, beta] }), NOW), label)).toMatchObject({ command });
  });

  it('offers updates where the package can', () => {
    const model = { ...aModel(), updatesItself: true };
    expect(read(trayMenu(model, NOW)).slice(-4)).toEqual([
      'Settings…',
      'Check for updates',
      '─',
      'Quit Tokentray',
    ]);
  });

  it.each(['misconfigured', 'keyLost'] as const)(
    'leads to what is wrong where signing in again would not help: %s',
    (state) => {
      const broken = aConnection(2, NOW, { name: 'beta', active: false, status: STATES[state] });
      const items = trayMenu(aModel({ connections: [broken] }), NOW);
      expect(find(items, 'Fix “beta”…')).toMatchObject({
        command: { do: 'open', target: { view: 'connection', connection: connectionId(2) } },
      });
      expect(read(items)).toContain('( ) beta  ⚠ needs fixing');
      expect(read(items).join()).not.toMatch(/reconnect/i);
    },
  );
});

describe('what a connection needs', () => {
  it.each([
    ['oauth2', 'gone', 'beta  ⚠ reconnect', 'Reconnect “beta”…'],
    ['api-token', 'gone', 'beta  ⚠ replace token', 'Replace token of “beta”…'],
    ['personal-access-token', 'gone', 'beta  ⚠ replace token', 'Replace token of “beta”…'],
    ['access-token', 'gone', 'beta  ⚠ replace token', 'Replace token of “beta”…'],
    ['api-key', 'gone', 'beta  ⚠ replace key', 'Replace key of “beta”…'],
    ['basic', 'gone', 'beta  ⚠ replace password', 'Replace password of “beta”…'],
    ['api-token', 'expiring', 'beta  ◔ expires in 3 days', 'Replace token of “beta”…'],
    ['oauth2', 'scope', 'beta  ⚠ missing permission', 'Reconnect “beta”…'],
    ['api-token', 'misconfigured', 'beta  ⚠ needs fixing', 'Fix “beta”…'],
  ] as const)('with %s, %s: “%s” and “%s”', (method, state, entry, action) => {
    const connection = aConnection(2, NOW, { name: 'beta', active: false, method, status: STATES[state] });
    const lines = read(trayMenu(aModel({ connections: [connection] }), NOW));
    expect(lines).toContain(`( ) ${entry}`);
    expect(lines.filter((line) => line.endsWith('“beta”…'))).toEqual([action]);
  });

  it.each([
    ['connected', '( ) beta  ⚠ not verified'],
    ['gone', '( ) beta  ⚠ reconnect ⚠ not verified'],
    ['offline', '( ) beta  ○ offline ⚠ not verified'],
  ] as const)('says that certificates are not checked: %s', (state, line) => {
    const change = { name: 'beta', active: false, status: STATES[state] };
    const menu = (connection: ConnectionView) => read(trayMenu(aModel({ connections: [connection] }), NOW));
    expect(menu(aConnection(2, NOW, { ...change, unverified: true }))).toContain(line);
    expect(menu(aConnection(2, NOW, change)).join()).not.toContain('not verified');
  });
});

describe('trayLabel', () => {
  it.each([
    ['R&D', '', 'R&&D'],
    ['a'.repeat(50), '', 'a'.repeat(50)],
    ['a'.repeat(51), '', `${'a'.repeat(49)}…`],
    ['🦊'.repeat(60), '', `${'🦊'.repeat(49)}…`],
    ['a'.repeat(60), '⚠ reconnect', `${'a'.repeat(36)}…  ⚠ reconnect`],
  ])('%s %s', (text, end, label) => {
    expect(trayLabel(text, end)).toBe(label);
  });
});
