import { describe, expect, it } from 'vitest';
import type { ConnectionView } from '../../../../contract/connection.ts';
import { ProviderId } from '../../../../contract/ids.ts';
import { clock } from '../../../../contract/when-words.ts';
import type { DesktopModel } from '../../../../main/hosts/electron/desktop-model.ts';
import type { MenuForms } from '../../../../main/hosts/electron/menu-forms.ts';
import type { TrayItem } from '../../../../main/hosts/electron/tray-item.ts';
import { trayLabel, trayLine } from '../../../../main/hosts/electron/tray-label.ts';
import { trayMenu as menuOf } from '../../../../main/hosts/electron/tray-menu.ts';
import { aConsent, consentId } from '../../../fakes/consent-data.ts';
import { aHeld, aProgramHeld, heldId } from '../../../fakes/gateway-data.ts';
import { aConnection, aSite, anExport, connectionId } from '../../../fakes/window-data.ts';
import { NOW, STATES, aModel, inHours } from './a-model.ts';

const PLAIN: MenuForms = { headers: false, sublabels: false };

const trayMenu = (model: DesktopModel, now: number, forms = PLAIN, platform = 'linux'): TrayItem[] =>
  menuOf(model, now, { platform, forms });

/** The menu as a person would read it out. */
function read(items: readonly TrayItem[], indent = ''): string[] {
  return items.flatMap((item): string[] => {
    switch (item.kind) {
      case 'separator':
        return [`${indent}─`];
      case 'heading':
        return [`${indent}# ${item.label}`];
      case 'action':
        return [`${indent}${item.label}${item.sublabel === undefined ? '' : ` / ${item.sublabel}`}`];
      case 'radio':
        return [
          `${indent}(${item.checked ? '•' : ' '}) ${item.label}${item.sublabel === undefined ? '' : ` / ${item.sublabel}`}`,
        ];
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
const until = clock(acme.expiresAt ?? '');
const onPrem = aConnection(3, NOW, {
  name: 'on-prem',
  provider: ProviderId.parse('jira-dc'),
  providerName: 'Jira Data Center',
  method: 'personal-access-token',
  active: true,
  site: null,
  apis: [],
  account: { id: 'akeller', name: 'Ana Keller', email: null, pictureUrl: null },
  expiresAt: null,
});
const many = (count: number, active: number): ConnectionView[] =>
  Array.from({ length: count }, (_, index) =>
    aConnection(index + 1, NOW, {
      name: `c${String(index + 1).padStart(3, '0')}`,
      active: index + 1 === active,
    }),
  );

it('offers to unlock while the app is locked, and nothing that needs a token', () => {
  const model = aModel({ connections: [acme], exports: [anExport(1, NOW)] });
  const menu = (keychain: DesktopModel['status']['keychain']) =>
    trayMenu({ ...model, status: { ...model.status, keychain } }, NOW);
  const locked = menu({ state: 'locked', since: STATES.paused.since, by: 'person', refreshing: false });
  expect(find(locked, 'Unlock…')).toMatchObject({ command: { do: 'lock', locked: false } });
  expect(read(locked)[0]).toBe('‖ Locked');
  expect(read(locked)).toEqual(expect.not.arrayContaining(['Copy token', 'Write env files (1)', 'Lock']));
  // A key that is nowhere else cannot be locked away.
  expect(find(menu({ state: 'session-only' }), 'Lock')).toBeUndefined();
});

describe('trayMenu', () => {
  it('is the one of docs, with two accounts and an env file', () => {
    const model = aModel({ connections: [beta, acme], exports: [anExport(1, NOW)] });
    expect(read(trayMenu(model, NOW))).toEqual([
      `acme – ana@acme.example · works until ${until}`,
      'Reconnect “beta”…',
      '─',
      'Copy token',
      'Copy more ▸',
      '  Authorization header',
      '  Site address',
      '  Cloud ID',
      '  Jira API address',
      '  Confluence API address',
      '  E-mail address',
      '  Account ID',
      '─',
      '# Atlassian Cloud',
      '(•) acme – acme.atlassian.net · ana',
      '( ) beta – beta.atlassian.net · ana  ⚠ reconnect',
      '─',
      'Write env files (1)',
      'Connect account…',
      'Open Tokentray',
      'Settings…',
      '[ ] Pause refreshing',
      'Lock',
      '─',
      'Quit Tokentray',
    ]);
  });

  it('says the same in two lines where the system has them', () => {
    const lines = read(
      trayMenu(aModel({ connections: [beta, acme] }), NOW, { headers: true, sublabels: true }),
    );
    expect(lines[0]).toBe(`acme / ana@acme.example · works until ${until}`);
    expect(lines).toContain('(•) acme / acme.atlassian.net · ana');
    expect(lines).toContain('( ) beta  ⚠ reconnect / beta.atlassian.net · ana');
  });

  it.each<[string, Partial<ConnectionView>, string]>([
    ['works', {}, `works until ${until}`],
    ['works without a known end', { expiresAt: null }, 'works'],
    ['past its end, to be renewed', { expiresAt: inHours(-1) }, 'renewing'],
    ['offline', { status: STATES.offline }, `○ offline · works until ${until}`],
    ['offline, ended', { status: STATES.offline, expiresAt: inHours(-1) }, '○ offline'],
    ['paused', { status: STATES.paused }, `‖ paused · works until ${until}`],
    ['gone', { status: STATES.gone }, '⚠ reconnect'],
    ['a scope', { status: STATES.scope }, `⚠ missing permission · works until ${until}`],
    ['expiring', { status: STATES.expiring, expiresAt: inHours(70) }, '◔ expires in 3 days'],
    ['app registration', { status: STATES.misconfigured }, `⚠ needs fixing · works until ${until}`],
  ])('leads with the connection in use: %s', (_, change, words) => {
    const [header] = read(trayMenu(aModel({ connections: [{ ...acme, ...change }] }), NOW));
    expect(header).toBe(`acme – ana@acme.example · ${words}`);
  });

  it('leads with what is more urgent, or with the state of all where several are in use', () => {
    const first = (model: DesktopModel): string | undefined => read(trayMenu(model, NOW))[0];
    const both = aModel({ connections: [acme, onPrem] });
    expect(first(both)).toBe('● Connected');
    const unavailable = { state: 'unavailable', error: { code: 'keychain-locked', message: '.' } } as const;
    expect(first({ ...both, status: { ...both.status, keychain: unavailable } })).toBe(
      '⚠ The keychain can’t be read',
    );
    expect(first(aModel({ connections: [acme], held: [aHeld(1, NOW)] }))).toBe(
      '⚠ “triage bot” waits for your decision',
    );
  });

  it.each([
    ['ana@acme.example', 'ben@acme.example', 'ana', 'ben'],
    ['ana@acme.example', 'ana@other.example', 'ana@acme.example', 'ana@other.example'],
  ])('tells accounts apart as briefly as it can: %s, %s', (one, two, first, second) => {
    const of = (n: number, email: string): ConnectionView =>
      aConnection(n, NOW, {
        name: 'acme',
        site: aSite('acme'),
        account: { id: email, name: 'Ana', email, pictureUrl: null },
      });
    const lines = read(trayMenu(aModel({ connections: [of(1, one), of(2, two)] }), NOW));
    expect(lines).toContain(`( ) acme – acme.atlassian.net · ${first}`);
    expect(lines).toContain(`( ) acme – acme.atlassian.net · ${second}`);
  });

  it('counts env files, and those that could not be written', () => {
    const failed = { state: 'failed', since: inHours(0), error: { code: 'io', message: 'No.' } } as const;
    const exports = [anExport(1, NOW), anExport(2, NOW, { status: failed })];
    expect(read(trayMenu(aModel({ connections: [acme], exports }), NOW))).toContain(
      'Write env files (2)  ⚠ 1 not written',
    );
  });

  it('has room for five that need attention, and leads to all', () => {
    const broken = Array.from({ length: 7 }, (_, index) =>
      aConnection(index + 1, NOW, { name: `c${index}`, status: STATES.gone }),
    );
    const lines = read(trayMenu(aModel({ connections: broken }), NOW));
    expect(lines.filter((line) => line.startsWith('Reconnect'))).toHaveLength(5);
    expect(lines).toContain('Show all 7 that need attention…');
  });

  it.each([
    ['linux', 'CommandOrControl+Q'],
    ['darwin', 'CommandOrControl+Q'],
    ['win32', undefined],
  ])('shows the shortcuts that the window has on %s', (platform, quit) => {
    const items = trayMenu(
      aModel({ connections: [acme], exports: [anExport(1, NOW)] }),
      NOW,
      PLAIN,
      platform,
    );
    const keys = (label: string): string | undefined => {
      const item = find(items, label);
      return item?.kind === 'action' ? item.keys : undefined;
    };
    expect(keys('Quit Tokentray')).toBe(quit);
    expect(keys('Connect account…')).toBe('CommandOrControl+N');
    expect(keys('Write env files (1)')).toBe('CommandOrControl+E');
    expect(keys('Settings…')).toBe('CommandOrControl+,');
    // The window’s copies from the connection that is shown there.
    expect(keys('Copy token')).toBeUndefined();
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
      '  Deny',
      'Show this request…',
      '─',
    ]);
    expect(find(menu, 'Allow once')).toMatchObject({
      command: { do: 'decide', request: heldId(1), decision: 'approve' },
    });
    expect(find(menu, 'Deny')).toMatchObject({
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

  it('groups by provider, says of each until when it works, and copies from each active one', () => {
    const items = trayMenu(aModel({ connections: [onPrem, acme] }), NOW);
    const lines = read(items);
    expect(lines).toContain(`# Atlassian Cloud · works until ${until}`);
    expect(lines).toContain('# Jira Data Center · works');
    expect(lines).toContain('(•) on-prem – Ana Keller');
    const from = lines.indexOf('Copy token of “acme”');
    expect(lines.slice(from, from + 14)).toEqual([
      'Copy token of “acme”',
      'Copy token of “on-prem”',
      'Copy more ▸',
      '  # acme',
      '  Authorization header',
      '  Site address',
      '  Cloud ID',
      '  Jira API address',
      '  Confluence API address',
      '  E-mail address',
      '  Account ID',
      '  ─',
      '  # on-prem',
      // Without a site there is nothing of it to copy.
      '  Authorization header',
    ]);
    expect(find(items, 'Copy token of “on-prem”')).toMatchObject({
      command: { do: 'copy', connection: connectionId(3), field: 'access_token' },
    });
    expect(find(items, 'Jira API address')).toMatchObject({
      command: { do: 'copy', connection: connectionId(1), field: 'api_url', api: 'jira' },
    });
  });

  it('has the token of a fourth one down with the rest', () => {
    const other = (n: number): ConnectionView =>
      aConnection(n, NOW, {
        name: `p${n}`,
        provider: ProviderId.parse(`p${n}`),
        active: true,
        method: n === 6 ? 'basic' : 'oauth2',
      });
    const lines = read(trayMenu(aModel({ connections: [3, 4, 5, 6].map(other) }), NOW));
    expect(lines.filter((line) => line.startsWith('Copy token of'))).toHaveLength(3);
    expect(lines.slice(lines.indexOf('  # p6')).slice(0, 3)).toEqual([
      '  # p6',
      '  Password',
      '  Authorization header',
    ]);
  });

  it('shows nine of a provider, the active one among them, and the rest behind “More”', () => {
    const items = trayMenu(aModel({ connections: many(12, 11) }), NOW);
    const radios = items.filter((item) => item.kind === 'radio');
    expect(radios).toHaveLength(9);
    expect(radios.at(-1)).toMatchObject({ label: 'c011 – c011.atlassian.net · ana', checked: true });
    const more = find(items, 'More connections…');
    expect(more?.kind === 'submenu' && read(more.items).map((line) => line.slice(0, 4))).toEqual([
      'c009',
      'c010',
      'c012',
    ]);
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
    ['beta – beta.atlassian.net · ana  ⚠ reconnect', { do: 'use', connection: connectionId(2) }],
    ['Copy token', { do: 'copy', connection: null, field: 'access_token' }],
    ['Cloud ID', { do: 'copy', connection: null, field: 'cloud_id' }],
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
      'Lock',
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
      expect(read(items)).toContain('( ) beta – beta.atlassian.net · ana  ⚠ needs fixing');
      expect(read(items).join()).not.toMatch(/reconnect/i);
    },
  );
});

describe('what a connection needs', () => {
  it.each([
    ['oauth2', 'gone', '⚠ reconnect', 'Reconnect “beta”…'],
    ['api-token', 'gone', '⚠ replace token', 'Replace token of “beta”…'],
    ['personal-access-token', 'gone', '⚠ replace token', 'Replace token of “beta”…'],
    ['access-token', 'gone', '⚠ replace token', 'Replace token of “beta”…'],
    ['api-key', 'gone', '⚠ replace key', 'Replace key of “beta”…'],
    ['basic', 'gone', '⚠ replace password', 'Replace password of “beta”…'],
    ['api-token', 'expiring', '◔ expires in 3 days', 'Replace token of “beta”…'],
    ['oauth2', 'scope', '⚠ missing permission', 'Reconnect “beta”…'],
    ['api-token', 'misconfigured', '⚠ needs fixing', 'Fix “beta”…'],
  ] as const)('with %s, %s: “%s” and “%s”', (method, state, entry, action) => {
    const connection = aConnection(2, NOW, { name: 'beta', active: false, method, status: STATES[state] });
    const lines = read(trayMenu(aModel({ connections: [connection] }), NOW));
    expect(lines).toContain(`( ) beta – beta.atlassian.net · ana  ${entry}`);
    expect(lines.filter((line) => line.endsWith('“beta”…'))).toEqual([action]);
  });

  it.each([
    ['connected', '( ) beta – beta.atlassian.net · ana  ⚠ not verified'],
    ['gone', '( ) beta – beta.atlassian.net · ana  ⚠ reconnect ⚠ not verified'],
    ['offline', '( ) beta – beta.atlassian.net · ana  ○ offline ⚠ not verified'],
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

describe('trayLine', () => {
  it.each([
    ['R&D', 'r&d.example', '', 'R&&D – r&&d.example'],
    ['a'.repeat(49), 'acme.atlassian.net', '', `${'a'.repeat(49)} – acme.atlass…`],
    ['a'.repeat(60), 'acme.atlassian.net', '⚠ reconnect', `${'a'.repeat(36)}… – acme.atlas…  ⚠ reconnect`],
    ['a'.repeat(50), 'short', '', `${'a'.repeat(50)} – short`],
  ])('%s, %s, %s', (name, detail, end, label) => {
    expect(trayLine({ name, detail, end }, { sublabels: false })).toEqual({ label });
    const { sublabel } = trayLine({ name, detail, end }, { sublabels: true });
    expect(sublabel).toBe(detail);
  });
});
