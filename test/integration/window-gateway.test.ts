import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import type { TrafficEntry } from '../../contract/gateway.ts';
import type { FakeWindowCore } from '../fakes/fake-window-core.ts';
import { aHeld, aProgramHeld, aTrafficEntry, consumerId } from '../fakes/gateway-data.ts';
import { connectionId, emptySnapshot } from '../fakes/window-data.ts';
import { expectAccessible } from './support/expect-accessible.ts';
import { NARROW, WIDE, windowBrowser } from './support/window-browser.ts';
import {
  addRemoteKey,
  GATEWAY_SCREENS,
  inGateway,
  onRequests,
  withGateway,
  withGit,
  withoutTriageBot,
} from './support/window-gateway-screens.ts';
import { focused, tabTo } from './support/window-keys.ts';
import { button, option, section, tab } from './support/window-screens.ts';

const browser = windowBrowser();
const { open } = browser;

const inputs = (core: FakeWindowCore, name: string): unknown[] =>
  core.calls.filter((call) => call.name === name).map(({ input }) => input);

const notice = (page: Page, text: string) => page.getByRole('status', { name: 'Notice' }).getByText(text);

describe.concurrent('every screen and dialog of the gateway', () => {
  it.each(GATEWAY_SCREENS)('has no finding: $name', (screen) => expectAccessible(browser, screen));
});

describe('held requests', () => {
  const strip = (page: Page) => page.getByRole('region', { name: /wait.* for your decision$/ });

  it('are above every section, announced, and gone when they are decided elsewhere', async () => {
    const { page, core } = await open(withGateway());
    await option(page, 'acme').waitFor();
    core.push({ type: 'held', held: [aHeld(1, Date.now())] });
    await page
      .getByRole('status', { name: 'Announcements' })
      .getByText('triage bot asks acme: Create an issue in ABC: “Printer 1 is on fire”.', { exact: false })
      .waitFor();
    for (const name of ['Connections', 'Env files', 'Gateway', 'Providers', 'Activity', 'Settings']) {
      await section(page, name).click();
      await strip(page).getByText('POST /rest/api/3/issue').waitFor();
    }
    const live = await page.locator('[aria-live], [role=status], [role=alert]').allTextContents();
    expect(live.join(' ')).not.toMatch(/\d+\s(s|min) left/);
    core.push({ type: 'held', held: [] });
    await strip(page).waitFor({ state: 'detached' });
  });

  it('are answered with the keyboard, one after the other', async () => {
    const { page, core } = await open(withGateway(true));
    await strip(page).waitFor();
    await page.keyboard.press('F6');
    expect(await focused(page)).toBe('button Allow once: Create an issue in ABC: “Printer 1 is on fire”');
    await page.keyboard.press('Enter');
    await expect.poll(() => focused(page)).toBe('button Allow once: Change the page “Release notes” in DOCS');
    await tabTo(page, 'button Deny: Change the page');
    await page.keyboard.press('Enter');
    await strip(page).waitFor({ state: 'detached' });
    const { held } = withGateway(true).gateway;
    expect(inputs(core, 'gateway.decide')).toEqual([
      { request: held[0]?.id, decision: 'approve' },
      { request: held[1]?.id, decision: 'deny' },
    ]);
    expect(await focused(page)).not.toBe('body');
  });

  it('are refused together', async () => {
    const { page, core } = await open(withGateway(true));
    await button(page, 'Deny all').click();
    await strip(page).waitFor({ state: 'detached' });
    expect(inputs(core, 'gateway.decide')).toHaveLength(2);
  });

  it('are counted in the sidebar, and three of many leave room for the window', async () => {
    const snapshot = withGateway();
    const held = Array.from({ length: 9 }, (_, index) => aHeld(index + 1, Date.now()));
    const { page } = await open({ ...snapshot, gateway: { ...snapshot.gateway, held } }, { size: NARROW });
    await page.setViewportSize(WIDE);
    await section(page, 'Gateway').getByText('9').waitFor();
    expect(await strip(page).getByRole('listitem').count()).toBe(3);
    await strip(page).getByRole('button', { name: 'Show all' }).click();
    await expect.poll(() => strip(page).getByRole('listitem').count()).toBe(9);
    expect((await strip(page).boundingBox())?.height).toBeLessThan(WIDE.height / 2);
  });
});

describe('programs', () => {
  const strip = (page: Page) => page.getByRole('region', { name: /wait.* for your decision$/ });

  it('that ask are shown with where they come from, and answered for as long as is chosen', async () => {
    const now = Date.now();
    const { page, core } = await open(withGateway());
    await option(page, 'acme').waitFor();
    const held = [aProgramHeld(1, now), aProgramHeld(2, now, { name: 'other.mjs', lasts: ['once'] })];
    core.push({ type: 'gateway', gateway: { ...core.snapshot.gateway, held } });
    await strip(page).getByText('deploy.mjs asks acme: Get the access token').waitFor();
    await strip(page)
      .getByText('Started by bash in gnome-terminal · in /home/ana/project · process 4711')
      .first()
      .waitFor();
    await strip(page).getByText('/usr/bin/node /home/ana/project/deploy.mjs').first().waitFor();
    expect(await button(page, 'Answer for longer: other.mjs, acme').count()).toBe(0);
    await page.keyboard.press('F6');
    expect(await focused(page)).toBe('button Allow once: deploy.mjs, acme');
    await tabTo(page, 'button Answer for longer: deploy.mjs, acme');
    await page.keyboard.press('ArrowDown');
    await expect.poll(() => focused(page)).toContain('Allow until its terminal closes');
    await page.keyboard.press('ArrowDown');
    await expect.poll(() => focused(page)).toContain('Allow for a day');
    await page.keyboard.press('Enter');
    await expect.poll(() => inputs(core, 'gateway.decide')).toHaveLength(1);
    await button(page, 'Deny: other.mjs, acme').click();
    await strip(page).waitFor({ state: 'detached' });
    expect(inputs(core, 'gateway.decide')).toEqual([
      { request: held[0]?.id, decision: 'approve', lasts: 'day' },
      { request: held[1]?.id, decision: 'deny' },
    ]);
  });

  it('need approval where the person wants it, and what was answered can be forgotten', async () => {
    const { page, core } = await open(withGateway());
    await option(page, 'acme').click();
    await tab(page, 'Access').click();
    await page.getByRole('checkbox', { name: 'Ask me before a program gets its token' }).click();
    await expect
      .poll(() => inputs(core, 'connections.set-approval'))
      .toEqual([{ connection: connectionId(1), approval: 'ask' }]);
    await page.getByText('Always allowed · used 5 min ago').waitFor();
    await button(page, 'Forget the answer about deploy-1.mjs and acme').click();
    await page.getByText('Always allowed').waitFor({ state: 'detached' });
    await inGateway(page);
    const programs = page.getByRole('list', { name: 'Programs' });
    await programs.getByText('Allowed until bash in gnome-terminal closes').waitFor();
    expect(await programs.getByRole('listitem').count()).toBe(2);
  });
});

describe('keys', () => {
  it('are made from choices in words, and shown once', async () => {
    const { page, core } = await open(withGateway());
    await inGateway(page);
    await button(page, 'Add key').click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('textbox', { name: 'Name' }).fill('nightly report');
    expect(await dialog.getByRole('checkbox', { checked: true }).count(), 'no connection by chance').toBe(0);
    await dialog.getByRole('checkbox', { name: 'acme', exact: true }).check();
    await dialog.getByRole('radio', { name: 'Choose…' }).check();
    await dialog.getByRole('combobox', { name: 'Jira: Reading' }).selectOption('Allow');
    await dialog.getByText('5 operations').click();
    await dialog.getByRole('combobox', { name: 'Jira: Write comments' }).selectOption('Ask me');
    const words = await dialog.getByText('Ask me about Write comments.').boundingBox();
    expect(words?.y, 'in sight while operations are chosen').toBeLessThan(WIDE.height - 60);
    const last = dialog.getByRole('combobox', { name: 'Jira: Delete or archive issues' });
    await tabTo(page, 'select Jira: Delete or archive issues');
    const meaning = await dialog.getByRole('status', { name: 'What these rules mean' }).boundingBox();
    const box = await last.boundingBox();
    expect((box?.y ?? 0) + (box?.height ?? 0), 'not behind the words').toBeLessThanOrEqual(meaning?.y ?? 0);
    await dialog.getByText('Jira projects and Confluence spaces').click();
    await dialog.getByRole('textbox', { name: 'Jira projects' }).fill('ABC, DEF');
    await dialog.getByText('Ask me about Write comments in ABC, DEF.').waitFor();
    await dialog.getByText('Everything else is refused.').waitFor();
    await dialog.getByText('Limits and expiry').click();
    await dialog.getByRole('textbox', { name: 'Requests a minute' }).fill('60');
    await dialog.getByLabel('Last day').fill('2027-01-31');
    await dialog.getByRole('button', { name: 'Add key' }).click();
    await page.getByRole('dialog', { name: 'Key for nightly report' }).waitFor();
    expect(inputs(core, 'gateway.add')).toEqual([
      {
        name: 'nightly report',
        connections: [connectionId(1)],
        rules: [
          { then: 'allow', apis: ['jira'], operations: ['read'], projects: ['ABC', 'DEF'] },
          { then: 'ask', operations: ['jira.comment'], projects: ['ABC', 'DEF'] },
        ],
        limits: { requestsPerMinute: 60 },
        expires: '2027-01-31',
      },
    ]);

    const key = dialog.getByRole('textbox', { name: 'Key' });
    expect(await key.textContent()).toBe(core.gatewayKey);
    expect((await dialog.textContent())?.split(core.gatewayKey)).toHaveLength(2);
    await button(page, 'Copy key').click();
    await notice(page, 'Key copied').waitFor();
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(core.gatewayKey);
    await dialog.getByRole('button', { name: 'Copy http://127.0.0.1:7980/acme/jira', exact: true }).click();
    await notice(page, 'Copied.').waitFor();
    await dialog.getByRole('region', { name: 'curl' }).getByText('http://127.0.0.1:7980/acme/jira').waitFor();

    await button(page, 'Done').click();
    await dialog.waitFor({ state: 'detached' });
    expect(await page.content()).not.toContain(core.gatewayKey);
    await page.getByRole('list', { name: 'Keys' }).getByText('nightly report').waitFor();
  });

  it('begin with the connection that they are added from', async () => {
    const { page } = await open(withGateway());
    await option(page, 'beta').click();
    await tab(page, 'Access').click();
    await button(page, 'Add key…').click();
    const selected = page.getByRole('dialog').getByRole('checkbox', { checked: true });
    expect(await selected.count()).toBe(1);
    expect(await page.getByRole('checkbox', { name: 'beta', exact: true }).isChecked()).toBe(true);
  });

  it('lead to the first account where there is none', async () => {
    const { page } = await open(emptySnapshot());
    await inGateway(page);
    await button(page, 'Add key').click();
    await page.getByText('No account is connected yet.').waitFor();
    await page.getByRole('dialog').getByRole('button', { name: 'Connect account' }).click();
    await page.getByRole('dialog', { name: /^Connect/ }).waitFor();
  });

  it('say what is missing where it was asked for', async () => {
    const { page, core } = await open(withGateway());
    await inGateway(page);
    await button(page, 'Add key').click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('button', { name: 'Add key' }).click();
    const name = dialog.getByRole('textbox', { name: 'Name' });
    await dialog.getByText('Name is missing.').waitFor();
    expect(await name.evaluate((it) => it === document.activeElement)).toBe(true);
    // Everything at once, so that nobody submits once for each.
    const connections = dialog.getByRole('group', { name: 'Connections', exact: true });
    await connections.getByText('No connection is selected.').waitFor();
    await name.fill('triage');
    await dialog.getByRole('button', { name: 'Add key' }).click();
    const first = dialog.getByRole('radio', { name: 'Only these' });
    await expect.poll(() => first.evaluate((it) => it === document.activeElement)).toBe(true);
    await dialog.getByRole('radio', { name: 'Every connection, also later ones' }).check();
    await dialog.getByText('No connection is selected.').waitFor({ state: 'detached' });
    expect(inputs(core, 'gateway.add')).toEqual([]);
    await dialog.getByRole('button', { name: 'Add key' }).click();
    await page.getByRole('dialog', { name: 'Key for triage' }).waitFor();
    expect(inputs(core, 'gateway.add')).toEqual([
      { name: 'triage', rules: [{ then: 'allow', operations: ['read'] }] },
    ]);
  });

  it('are changed, and what the form cannot show is left as it is', async () => {
    const snapshot = withGateway();
    const [first] = snapshot.gateway.consumers;
    first!.rules = [{ then: 'allow', paths: ['/rest/api/3/issue/*'], words: 'Allow one path.' }];
    const { page, core } = await open(snapshot);
    await inGateway(page);
    await button(page, 'Change triage bot').click();
    const dialog = page.getByRole('dialog');
    expect(await dialog.getByRole('radio', { name: 'As they are now' }).isChecked()).toBe(true);
    await dialog.getByRole('textbox', { name: 'Name' }).fill('triage');
    await button(page, 'Save').click();
    await notice(page, 'Saved.').waitFor();
    expect(inputs(core, 'gateway.change')).toEqual([
      {
        consumer: consumerId(1),
        name: 'triage',
        connections: [connectionId(1)],
        limits: { requestsPerMinute: 60, atOnce: 4 },
      },
    ]);
  });

  it('keep their last day unless it is changed or taken away', async () => {
    const { page, core } = await open(withGateway());
    await inGateway(page);
    await button(page, 'Change triage bot').click();
    const day = page.getByRole('dialog').getByLabel('Last day');
    expect(await day.inputValue()).toMatch(/^\d{4}-\d{2}-\d{2}$/);
    await day.fill('2031-05-06');
    await button(page, 'Save').click();
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await button(page, 'Change triage bot').click();
    expect(await day.inputValue()).toBe('2031-05-06');
    await day.fill('');
    await button(page, 'Save').click();
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    expect(inputs(core, 'gateway.change')).toMatchObject([{ expires: '2031-05-06' }, { expires: null }]);
  });

  it('are removed after a question; the same for clients that signed in and for runs', async () => {
    const { page, core } = await open(withGateway());
    await inGateway(page);
    for (const name of ['Remove triage bot', 'Remove Claude Code', 'End python report.py']) {
      await button(page, name).click();
      await page.getByRole('dialog').getByRole('button', { name: 'Remove' }).click();
      await page.getByRole('dialog').waitFor({ state: 'detached' });
    }
    expect(inputs(core, 'gateway.remove')).toEqual([1, 3, 4].map((n) => ({ consumer: consumerId(n) })));
    expect(await page.getByRole('list', { name: 'Keys' }).getByRole('listitem').count()).toBeGreaterThan(0);
    expect(await page.getByRole('list', { name: 'MCP clients' }).count()).toBe(0);
  });
});

describe('a key for another machine', () => {
  it('is limited to connections and values, and shown once with how to carry the socket', async () => {
    const { page, core } = await open(withGateway());
    await addRemoteKey(page);
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('textbox', { name: 'Name' }).fill('devcontainer');
    await dialog.getByRole('button', { name: 'Add key' }).click();
    await dialog.getByText('No connection is selected.').waitFor();
    await dialog.getByRole('checkbox', { name: 'acme', exact: true }).check();
    await dialog.getByRole('combobox', { name: 'May read' }).selectOption('Addresses only, no secret');
    await dialog.getByRole('button', { name: 'Add key' }).click();
    await page.getByRole('dialog', { name: 'Key for devcontainer' }).waitFor();
    expect(inputs(core, 'remote.add')).toEqual([
      {
        name: 'devcontainer',
        connections: [connectionId(1)],
        fields: ['site_url', 'api_url', 'jira_api_url', 'confluence_api_url', 'cloud_id'],
      },
    ]);
    expect(await dialog.getByRole('textbox', { name: 'Key' }).textContent()).toBe(core.gatewayKey);
    await dialog.getByText('docker run -v').waitFor();
    await dialog.getByRole('button', { name: 'Done' }).click();
    await page
      .getByRole('list', { name: 'Other machines and containers' })
      .getByText('Reads only site_url, api_url', { exact: false })
      .waitFor();
    expect(await page.content()).not.toContain(core.gatewayKey);
  });
});

describe('settings', () => {
  const field = (page: Page, name: string) => page.getByRole('textbox', { name });
  const described = (page: Page, name: string) =>
    field(page, name).evaluate((input) =>
      (input.getAttribute('aria-describedby') ?? '')
        .split(' ')
        .map((id) => document.getElementById(id)?.textContent ?? '')
        .join(' '),
    );

  it('change ports, which are checked first, and show a fault at its field', async () => {
    const { page, core } = await open(withGateway());
    await section(page, 'Settings').click();
    const port = field(page, 'Port of the gateway');
    for (const wrong of ['80', '7981', 'x']) {
      await port.fill(wrong);
      await port.press('Enter');
      expect(await port.getAttribute('aria-invalid')).toBe('true');
    }
    expect(inputs(core, 'settings.set')).toEqual([]);
    await port.fill('7990');
    await port.press('Enter');
    await expect.poll(() => inputs(core, 'settings.set')).toEqual([{ gatewayPort: 7990 }]);
    await expect.poll(() => port.getAttribute('aria-invalid')).toBeNull();
    expect(await focused(page), 'the focus stays').toContain('Port of the gateway');
    const fault = { code: 'port-taken', message: 'Port 7990 is taken.', hint: 'Choose another.' } as const;
    core.push({ type: 'gateway', gateway: { ...core.snapshot.gateway, gateway: { url: null, fault } } });
    await page.getByText('Port 7990 is taken. Choose another.').waitFor();
    expect(await described(page, 'Port of the gateway')).toContain('Port 7990 is taken.');
    await port.fill('7991');
    await port.blur();
    await expect
      .poll(() => inputs(core, 'settings.set'))
      .toEqual([{ gatewayPort: 7990 }, { gatewayPort: 7991 }]);
  });

  it('switch the sign-in of MCP clients; their own tokens are off until then and after', async () => {
    const { page, core } = await open(withGateway());
    await section(page, 'Settings').click();
    const own = page.getByRole('checkbox', { name: 'MCP clients may bring their own tokens' });
    expect(await own.count()).toBe(0);
    await page.getByRole('checkbox', { name: 'MCP clients may sign in' }).click();
    await own.waitFor();
    expect(await own.isChecked()).toBe(false);
    await own.click();
    await expect.poll(() => own.isChecked()).toBe(true);
    await field(page, 'Port for MCP clients').fill('7992');
    await field(page, 'Port for MCP clients').press('Enter');
    await expect
      .poll(() => inputs(core, 'settings.set'))
      .toEqual([{ mcpSignIn: true }, { mcpForeignTokens: true }, { mcpPort: 7992 }]);
  });
});

it('sets and removes the rules of a connection', async () => {
  const { page, core } = await open(withGateway());
  await option(page, 'acme').click();
  await tab(page, 'Access').click();
  await button(page, 'Change rules…').click();
  await page.getByRole('radio', { name: 'Read only' }).check();
  await button(page, 'Save').click();
  await page.getByRole('list', { name: 'Rules for everyone' }).getByText('Allow read.').waitFor();
  await button(page, 'Change rules…').click();
  await button(page, 'Remove rules').click();
  await button(page, 'Set rules…').waitFor();
  expect(inputs(core, 'gateway.set-connection-rules')).toEqual([
    { connection: connectionId(1), rules: [{ then: 'allow', operations: ['read'] }] },
    { connection: connectionId(1), rules: null },
  ]);
});

it('makes git ask Tokentray for a connection’s host, and says so until it is removed', async () => {
  const { page, core } = await open(withGit());
  const git = page.getByRole('region', { name: 'Git' });
  await option(page, 'acme').click();
  await tab(page, 'Access').click();
  await git.getByText('Clone, fetch and push at bitbucket.org').waitFor();
  await button(page, 'Use with git').click();
  await git.getByText('Git asks Tokentray for bitbucket.org, and gets this connection.').waitFor();
  await git.getByText('helper = !/opt/Tokentray/resources/bin/tokentray git-credential').waitFor();
  expect(await button(page, 'Use with git').count()).toBe(0);
  await expect.poll(() => git.evaluate((region) => region === document.activeElement)).toBe(true);
  core.answers['git.uninstall'] = () => ({
    error: { code: 'io', message: 'It is read-only.', hint: 'Change that.' },
  });
  await button(page, 'Remove from /home/ana/.gitconfig').click();
  await git.getByRole('alert').getByText('It is read-only.').waitFor();
  delete core.answers['git.uninstall'];
  await button(page, 'Remove from /home/ana/.gitconfig').click();
  await button(page, 'Use with git').waitFor();
  expect(await git.getByText('It is read-only.').count()).toBe(0);
  expect(inputs(core, 'git.install')).toEqual([{ target: 'https://bitbucket.org' }]);
  expect(inputs(core, 'git.uninstall').at(-1)).toEqual({
    target: 'https://bitbucket.org',
    file: '/home/ana/.gitconfig',
  });
  await option(page, 'beta').click();
  await page.getByRole('region', { name: 'Addresses' }).waitFor();
  expect(await git.count()).toBe(0);
});

it('shows the folders that are bound to a connection, and unbinds them', async () => {
  const { page, core } = await open(withGateway());
  await option(page, 'acme').click();
  await tab(page, 'Access').click();
  const folders = page.getByRole('list', { name: 'Folders' });
  await button(page, 'Unbind /home/ana/work/acme-web').click();
  await folders.getByText('~/work/acme-web').waitFor({ state: 'detached' });
  await folders.getByText('~/work/acme-service').waitFor();
  expect(await focused(page)).toBe('tab Access');
  expect(inputs(core, 'folders.unbind')).toEqual([
    { folder: '/home/ana/work/acme-web', connection: connectionId(1) },
  ]);
});

describe('requests', () => {
  const list = (page: Page) => page.getByRole('list', { name: 'Requests, newest first' });
  const many = (from: number, count: number): TrafficEntry[] =>
    Array.from({ length: count }, (_, index) =>
      aTrafficEntry(from + index, Date.now(), { path: `/issue/${from + index}` }),
    );

  it('appear as they come, but only those in view are in the page', async () => {
    const { page, core } = await open(withGateway());
    await onRequests(page);
    await list(page).getByText('DELETE /rest/api/3/issue/ABC-7').waitFor();
    core.push({ type: 'traffic', entries: many(2000, 1500) });
    await list(page).getByText('GET /issue/3499').waitFor();
    expect(await list(page).getByRole('listitem').count()).toBeLessThan(40);
    await page.getByRole('region', { name: 'Requests' }).focus();
    await page.keyboard.press('End');
    await list(page).getByText('/wiki/api/v2/pages/1017').waitFor();
    expect(await list(page).getByText('GET /issue/3499').count()).toBe(0);
  });

  it('stay where they are read while others come', async () => {
    const { page, core } = await open(withGateway());
    await onRequests(page);
    await list(page).waitFor();
    core.push({ type: 'traffic', entries: many(2000, 200) });
    await list(page).getByText('GET /issue/2199').waitFor();
    const region = page.getByRole('region', { name: 'Requests' });
    await region.evaluate((element) => {
      element.scrollTop = 46 * 100;
    });
    const read = list(page).getByText('GET /issue/2095');
    const before = (await read.boundingBox())?.y;
    core.push({ type: 'traffic', entries: many(2200, 30) });
    await expect.poll(() => list(page).locator('li').first().getAttribute('aria-setsize')).toBe('238');
    expect((await read.boundingBox())?.y).toBe(before);
  });

  it('are paused, filtered and exported', async () => {
    const { page, core } = await open(withGateway());
    await onRequests(page);
    await list(page).waitFor();
    await button(page, 'Pause').click();
    core.push({ type: 'traffic', entries: many(2000, 3) });
    await button(page, 'Resume (3 new)').waitFor();
    expect(await list(page).getByText('GET /issue/2002').count()).toBe(0);
    await button(page, 'Resume (3 new)').click();
    await button(page, 'Pause').waitFor();
    await page.getByRole('combobox', { name: 'Consumer' }).selectOption('Claude Code');
    await expect.poll(() => list(page).getByRole('listitem').count()).toBe(1);
    expect(inputs(core, 'gateway.traffic').at(-1)).toEqual({ limit: 200, consumer: consumerId(3) });
    const download = page.waitForEvent('download');
    await button(page, 'CSV').click();
    const file = await (await download).path();
    expect((await readFile(file, 'utf8')).trim().split('\r\n')).toHaveLength(2);
  });

  it('keep the names of keys and connections that are gone', async () => {
    const { page } = await open(withoutTriageBot());
    await onRequests(page);
    await page.getByRole('list', { name: 'Usage by consumer' }).getByText('triage bot (removed)').waitFor();
    const row = list(page).getByRole('listitem').first();
    await row.getByText('triage bot (removed) → acme (removed) · Jira').waitFor();
  });

  it('say that a filter leaves none, and show all again', async () => {
    const { page, core } = await open(withGateway());
    await onRequests(page);
    await list(page).waitFor();
    core.answers = { 'gateway.traffic': () => ({ value: { entries: [] } }) };
    await page.getByRole('combobox', { name: 'Connection' }).selectOption('gamma');
    await page.getByText('Nothing matches this filter.').waitFor();
    core.answers = {};
    await button(page, 'Show everything').click();
    await list(page).getByText('DELETE /rest/api/3/issue/ABC-7').waitFor();
  });

  it('have both of their lines in view', async () => {
    const { page } = await open(withGateway(), { size: NARROW });
    await onRequests(page);
    const row = list(page).getByRole('listitem').first();
    await row.waitFor();
    const cut = await row.evaluate((element) =>
      [...element.children]
        .filter((part) => part.scrollHeight > part.clientHeight)
        .map((part) => part.className),
    );
    expect(cut).toEqual([]);
  });

  it('are drawn by consumer, with the same in words', async () => {
    const { page } = await open(withGateway());
    await onRequests(page);
    await page
      .getByRole('img', {
        name: /^triage bot: 156 requests in the last 24 hours, 16 refused, 4 failed; at most 40/,
      })
      .waitFor();
    await page.getByRole('combobox', { name: 'Time span' }).selectOption('Last 31 days');
    await page.getByRole('img', { name: /^Claude Code: 7 requests in the last 31 days/ }).waitFor();
  });
});

it('takes a stranger’s markup for text', async () => {
  const snapshot = withGateway(true);
  const evil = '<img src=x onerror=alert(1)>\u202Etxt';
  for (const held of snapshot.gateway.held) held.summary = evil;
  for (const consumer of snapshot.gateway.consumers) consumer.name = evil.repeat(8);
  const { page, complaints } = await open(snapshot, { size: NARROW });
  await inGateway(page);
  await page.getByText(evil).first().waitFor();
  expect(await page.locator('main img, section img').count()).toBe(0);
  expect(complaints).toEqual([]);
});
