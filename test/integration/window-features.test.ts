import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { emptySnapshot, fullSnapshot, type Snapshot } from '../fakes/window-data.ts';
import { NARROW, windowBrowser } from './support/window-browser.ts';
import { button, option, section, tab } from './support/window-screens.ts';

const { open: openWindow } = windowBrowser();
const full = (): Snapshot => fullSnapshot(Date.now());

describe('the first run', () => {
  const fresh = (): Snapshot => {
    const snapshot = emptySnapshot();
    return { ...snapshot, settings: { ...snapshot.settings, firstRunDone: false } };
  };

  it('says why the sandbox does not open, and can be put away for good', async () => {
    const { page, core } = await openWindow(fresh());
    core.answers['app.open-sandbox'] = () => ({
      error: { code: 'failed', message: 'The sandbox did not start.' },
    });
    await button(page, 'Try it with the sandbox').click();
    await page.getByText('The sandbox did not start.').waitFor();
    await button(page, 'Not now').click();
    await page.getByText('No accounts connected.').waitFor();
    expect(core.snapshot.settings.firstRunDone).toBe(true);
  });

  it('offers no second sandbox in the sandbox', async () => {
    const snapshot = fresh();
    const status = { ...snapshot.status, sandbox: { url: 'http://127.0.0.1:1/' } };
    const { page } = await openWindow({ ...snapshot, status });
    await page.getByText('This is the sandbox').waitFor();
    expect(await button(page, 'Try it with the sandbox').count()).toBe(0);
  });

  it('ends in the desktop app with where the tray icon is, and start at login', async () => {
    const snapshot = full();
    const { page, core } = await openWindow({
      ...snapshot,
      status: { ...snapshot.status, host: 'electron', desktop: { tray: true, startsAtLogin: false } },
      settings: { ...snapshot.settings, firstRunDone: false },
    });
    await option(page, 'acme').click();
    await page.keyboard.press('F2');
    await button(page, 'Cancel').click();
    await page.getByRole('dialog', { name: 'Where to find Tokentray' }).waitFor();
    await page.getByLabel('Start when I log in').click();
    await button(page, 'Done').click();
    await expect.poll(() => core.snapshot.settings.firstRunDone).toBe(true);
    expect(core.snapshot.status.desktop?.startsAtLogin).toBe(true);
  });
});

describe('a token that is shown', () => {
  it('is hidden by time, by leaving the window, by going elsewhere, and kept nowhere', async () => {
    const { page, core } = await openWindow(full(), { prepare: (blank) => blank.clock.install() });
    await option(page, 'acme').click();
    await tab(page, 'Token').click();
    const shown = page.getByText(core.token);
    const show = async (): Promise<void> => {
      await button(page, 'Show access token').click();
      await shown.waitFor();
    };
    expect(await page.content()).not.toContain(core.token);

    await show();
    await page.clock.runFor(29_000);
    expect(await shown.count()).toBe(1);
    await page.clock.runFor(2_000);
    await shown.waitFor({ state: 'detached' });

    await show();
    await page.evaluate(() => window.dispatchEvent(new Event('blur')));
    await shown.waitFor({ state: 'detached' });

    await show();
    await option(page, 'acme-sandbox').click();
    await shown.waitFor({ state: 'detached' });
    expect(await button(page, 'Show access token').count()).toBe(1);

    const kept = await page.evaluate(() => JSON.stringify([localStorage, sessionStorage]));
    expect((await page.content()) + kept).not.toContain(core.token);
  });

  it('is in nothing that React or the store holds, not while it is shown and not after', async () => {
    const { page, core } = await openWindow(full());
    await option(page, 'acme').click();
    await tab(page, 'Token').click();
    /** Whether it is reached from React's fibres, both of each, and the store below them; and how far that went. */
    const search = () =>
      page.evaluate((token) => {
        const seen = new Set<object>();
        const open: unknown[] = [...document.querySelectorAll('*')].flatMap((element) =>
          Object.entries(element).flatMap(([key, value]) =>
            key.startsWith('__react') ? [value as unknown] : [],
          ),
        );
        let found = false;
        let sawStore = false;
        while (open.length > 0) {
          const value = open.pop();
          if (typeof value === 'string') found ||= value.includes(token);
          if (value === null || (typeof value !== 'object' && typeof value !== 'function')) continue;
          if (seen.has(value) || value instanceof Node || value === window) continue;
          seen.add(value);
          if (value instanceof Map || value instanceof Set) open.push(...value);
          const { getState } = value as { getState?: () => unknown };
          if (typeof getState === 'function') {
            sawStore = true;
            open.push(getState());
          }
          for (const { value: held } of Object.values(Object.getOwnPropertyDescriptors(value))) {
            open.push(held as unknown);
          }
        }
        return { found, sawStore, many: seen.size > 1000 };
      }, core.token);
    await button(page, 'Show access token').click();
    await page.getByText(core.token).waitFor();
    expect(await search()).toEqual({ found: false, sawStore: true, many: true });
    await button(page, 'Hide access token').click();
    await page.getByText(core.token).waitFor({ state: 'detached' });
    expect(await search()).toEqual({ found: false, sawStore: true, many: true });
    expect(await page.content()).not.toContain(core.token);
  });

  it('does not appear when its answer comes after the window was left', async () => {
    const { page, core } = await openWindow(full());
    let release = (): void => undefined;
    await page.route('**/v1/credentials.reveal', async (route) => {
      await new Promise<void>((resolve) => (release = resolve));
      await route.continue();
    });
    await option(page, 'acme').click();
    await tab(page, 'Token').click();
    const asked = page.waitForRequest('**/v1/credentials.reveal');
    await button(page, 'Show access token').click();
    await asked;
    await page.evaluate(() => window.dispatchEvent(new Event('blur')));
    const answered = page.waitForResponse('**/v1/credentials.reveal');
    release();
    await (await answered).finished();
    await expect.poll(() => button(page, 'Show access token').getAttribute('aria-disabled')).toBeNull();
    expect(await page.content()).not.toContain(core.token);
  });
});

it('a dialog whose answer comes late closes itself, and not the one opened since', async () => {
  const { page } = await openWindow(full());
  let release = (): void => undefined;
  await page.route('**/v1/connections.rename', async (route) => {
    await new Promise<void>((resolve) => (release = resolve));
    await route.continue();
  });
  const rename = async (name: string): Promise<void> => {
    await option(page, name).click();
    await page.keyboard.press('F2');
    await page.getByRole('dialog', { name: `Rename ${name}` }).waitFor();
  };
  await rename('beta');
  await page.getByRole('textbox', { name: 'Name' }).fill('beta-2');
  const asked = page.waitForRequest('**/v1/connections.rename');
  await button(page, 'Rename').click();
  await asked;
  await button(page, 'Cancel').click();
  await rename('acme');
  release();
  await page.getByRole('option', { name: /^beta-2,/, includeHidden: true }).waitFor();
  expect(await page.getByRole('dialog', { name: 'Rename acme' }).count()).toBe(1);
});

describe('the list', () => {
  it('selects several with the mouse, and removes them after asking', async () => {
    const { page, core } = await openWindow(full());
    await option(page, 'acme-sandbox').click();
    await option(page, 'gamma').click({ modifiers: ['Control'] });
    await option(page, 'beta').click({ modifiers: ['Control'] });
    await page.getByRole('heading', { name: '3 connections selected' }).waitFor();
    await button(page, 'Remove…').click();
    const dialog = page.getByRole('dialog', { name: 'Remove 3 connections?' });
    expect(await dialog.textContent()).toContain('/srv/shared/.env');
    await dialog.getByRole('button', { name: 'Remove' }).click();
    await page.getByText('Removed 3 connections.').waitFor();
    expect(await page.getByRole('option').count()).toBe(4);
    expect(core.calls.filter(({ name }) => name === 'connections.remove')).toHaveLength(3);
  });

  it('opens the menu of the row under the mouse, and of that alone', async () => {
    const { page, core } = await openWindow(full());
    await option(page, 'acme').click();
    await option(page, 'acme-sandbox').click({ button: 'right' });
    await page.getByRole('menuitem', { name: 'Make active' }).click();
    await page.getByRole('option', { name: /^acme-sandbox,.*, active,/ }).waitFor();
    expect(core.calls.find(({ name }) => name === 'connections.use')?.input).toMatchObject({
      connection: core.snapshot.connections[1]?.id,
    });
    await option(page, 'beta').click({ button: 'right' });
    await option(page, 'acme').click({ button: 'right' });
    await page.getByRole('menu', { name: 'Menu for acme' }).waitFor();
    expect(await page.getByRole('menu').count()).toBe(1);
    await page.getByRole('searchbox').click();
    await page.getByRole('menu').waitFor({ state: 'detached' });
  });

  it('shows one state only, as it changes, until the filter is cleared', async () => {
    const now = Date.now();
    const { page, core } = await openWindow(fullSnapshot(now));
    await button(page, 'Filter, sort and group').click();
    await page.getByRole('menuitemradio', { name: 'Paused' }).click();
    expect(await page.getByRole('option').count()).toBe(1);
    const acme = core.snapshot.connections[0]!;
    core.push({
      type: 'connection',
      connection: { ...acme, status: { state: 'paused', since: new Date(now).toISOString() } },
    });
    await option(page, 'acme').waitFor();
    await button(page, 'Show all').click();
    expect(await page.getByRole('option').count()).toBe(7);
  });

  it('moves to the next connection from the detail', async () => {
    const { page } = await openWindow(full(), { size: NARROW });
    await option(page, 'acme').click();
    await button(page, 'Next connection').click();
    await page.getByRole('heading', { name: 'acme-sandbox', exact: true }).waitFor();
    await button(page, 'Previous connection').click();
    await page.getByRole('heading', { name: 'acme', exact: true }).waitFor();
  });
});

describe('env files', () => {
  const drop = (page: Awaited<ReturnType<typeof openWindow>>['page']): Promise<boolean> =>
    page.evaluate(() => {
      const dataTransfer = new DataTransfer();
      dataTransfer.items.add(new File([''], 'dropped.env'));
      const event = new DragEvent('drop', { dataTransfer, bubbles: true, cancelable: true });
      return !document.body.dispatchEvent(event);
    });

  it('a dropped one: the browser keeps its place to itself, and the page says so', async () => {
    const { page } = await openWindow(full());
    await option(page, 'acme').waitFor();
    // Else the browser would leave the page for the file.
    expect(await drop(page)).toBe(true);
    const dialog = page.getByRole('dialog', { name: 'Add env file' });
    await dialog.getByText('Browsers don’t reveal where a dropped file is.').waitFor();
    expect(await dialog.getByLabel('File', { exact: true }).inputValue()).toBe('');
  });

  it('a dropped one: a shell that knows its path gives it', async () => {
    const { page } = await openWindow(full(), {
      prepare: async (blank) => {
        await blank.addInitScript(() => {
          const heard: ((event: never) => void)[] = [];
          Object.assign(window, {
            tokentray: {
              call: async (name: string, input: unknown) => {
                const headers = { 'X-Tokentray': '1', 'Content-Type': 'application/json' };
                const answer = await fetch(`/v1/${name}`, {
                  method: 'POST',
                  headers,
                  body: JSON.stringify(input),
                });
                return { ok: true, value: (await answer.json()) as unknown };
              },
              subscribe: (listener: never, onState: (state: string) => void) => {
                heard.push(listener);
                onState('live');
                return () => undefined;
              },
              onShow: () => () => undefined,
              pathOf: (file: File) => `/home/ana/${file.name}`,
            },
          });
        });
      },
    });
    await option(page, 'acme').waitFor();
    await drop(page);
    const field = page.getByLabel('File', { exact: true });
    expect(await field.inputValue()).toBe('~/dropped.env');
  });

  it('have the format that the file’s name stands for, until another is selected', async () => {
    const { page, core } = await openWindow(full());
    await section(page, 'Env files').click();
    await button(page, 'Add env file').click();
    const format = page.getByRole('combobox', { name: 'Format' });
    const chosen = (): Promise<string | undefined> =>
      format.evaluate((list) => (list as HTMLSelectElement).selectedOptions[0]?.label);
    expect(await chosen()).toBe('From the name: .env file');
    const field = page.getByLabel('File', { exact: true });
    await field.fill('/home/ana/tokens.yaml');
    expect(await chosen()).toBe('From the name: YAML');
    await format.selectOption('toml');
    await field.fill('/home/ana/tokens.json');
    expect(await chosen()).toBe('TOML');
    await page.getByRole('dialog').getByRole('button', { name: 'Add env file' }).click();
    await page.getByText('~/tokens.json is kept up to date.').waitFor();
    expect(core.calls.findLast(({ name }) => name === 'exports.add')?.input).toMatchObject({
      format: 'toml',
    });
  });

  it('can be changed; a refused change leaves the old one', async () => {
    const { page, core } = await openWindow(full());
    await section(page, 'Env files').click();
    await button(page, 'Edit ~/code/triage/.env').click();
    const field = page.getByLabel('File', { exact: true });
    await field.fill('/home/ana/conflict/.env');
    await button(page, 'Save').click();
    await button(page, 'Keep both').waitFor();
    expect(core.snapshot.exports.map(({ file }) => file)).toContain('/home/ana/code/triage/.env');
    await field.fill('/home/ana/elsewhere/.env');
    await button(page, 'Save').click();
    await page.getByText('~/elsewhere/.env is kept up to date.').waitFor();
    expect(core.snapshot.exports.map(({ file }) => file)).not.toContain('/home/ana/code/triage/.env');
  });
});

it('checks an env file, and does what a finding offers', async () => {
  const { page, core } = await openWindow(full());
  await section(page, 'Env files').click();
  const checkTriage = async (item: string): Promise<void> => {
    await button(page, 'More for ~/code/triage/.env').click();
    await page.getByRole('menuitem', { name: item }).click();
  };
  await checkTriage('Check');
  const check = page.getByRole('region', { name: 'Check of ~/code/triage/.env' });
  await check.getByText(/^Read since it was last written, \d\smin\sago/).waitFor();
  await check.getByText('the token was refreshed · acme ATLASSIAN_ACCESS_TOKEN').waitFor();
  await check.getByRole('button', { name: 'Add to .gitignore' }).click();
  await check.getByText('Git ignores .env.').waitFor();
  expect(core.calls.find(({ name }) => name === 'exports.cure')?.input).toMatchObject({ cure: 'ignore' });
  await checkTriage('Hide the check');
  await check.waitFor({ state: 'detached' });
});

it('adds a named pipe, and says first what readers can do with it', async () => {
  const { page, core } = await openWindow(full());
  await section(page, 'Env files').click();
  await button(page, 'Add env file').click();
  const dialog = page.getByRole('dialog', { name: 'Add env file' });
  await dialog.getByLabel('File', { exact: true }).fill('/home/ana/pipe/.env');
  await dialog.getByRole('combobox', { name: 'Kept as' }).selectOption('pipe');
  await dialog.getByText('programs that first test for an ordinary file').waitFor();
  await dialog.getByRole('button', { name: 'Add env file' }).click();
  await dialog.waitFor({ state: 'detached' });
  expect(core.calls.find(({ name }) => name === 'exports.add')?.input).toMatchObject({ mode: 'pipe' });
});

it.each([
  ['Preset', 'mcp-atlassian'],
  ['Format', 'json'],
  ['Follows', 'beta'],
])('asks again about keys set twice when %s is changed', async (field, choice) => {
  const { page } = await openWindow(full());
  await section(page, 'Env files').click();
  await button(page, 'Add env file').click();
  const dialog = page.getByRole('dialog', { name: 'Add env file' });
  await dialog.getByLabel('File', { exact: true }).fill('/home/ana/conflict/.env');
  await dialog.getByRole('button', { name: 'Add env file' }).click();
  const keepBoth = dialog.getByRole('button', { name: 'Keep both' });
  await keepBoth.waitFor();
  await dialog.getByRole('combobox', { name: field }).selectOption(choice);
  await keepBoth.waitFor({ state: 'detached' });
  await dialog.getByRole('button', { name: 'Add env file' }).click();
  await keepBoth.waitFor();
});

it('writes an env file in a shared folder with consent, and asks about its keys after that', async () => {
  const { page, core } = await openWindow(full());
  await section(page, 'Env files').click();
  await button(page, 'Add env file').click();
  const dialog = page.getByRole('dialog', { name: 'Add env file' });
  await dialog.getByLabel('File', { exact: true }).fill('/mnt/c/conflict/.env');
  await dialog.getByRole('button', { name: 'Add env file' }).click();
  await dialog.getByText('without owners').waitFor();
  await dialog.getByRole('button', { name: 'Write there anyway' }).click();
  await dialog.getByRole('button', { name: 'Keep both' }).click();
  await dialog.waitFor({ state: 'detached' });
  const asked = core.calls.filter(({ name }) => name === 'exports.add').map(({ input }) => input);
  expect(asked.at(-1)).toMatchObject({ allowSharedFolder: true, allowDuplicateKeys: true });
  expect(asked).toHaveLength(3);
});

it('shows damaged records where they are missing, and removes them after confirmation', async () => {
  const snapshot = full();
  snapshot.status.damaged = [
    { kind: 'connection', id: 'c-1', name: 'lost' },
    { kind: 'export', id: 'e-1', name: '/x/.env' },
  ];
  const { page, core } = await openWindow(snapshot);
  core.answers['connections.remove'] = () => {
    const status = { ...snapshot.status, damaged: [] };
    core.push({ type: 'status', status });
    return { value: { id: 'c-1', revocation: 'not-asked', exports: [], manageUrl: null } };
  };
  await page.getByText('The connection “lost” cannot be read').waitFor();
  await button(page, 'Remove lost').click();
  await page.getByRole('dialog', { name: 'Remove “lost”?' }).getByRole('button', { name: 'Remove' }).click();
  await page.getByRole('list', { name: 'Damaged records' }).waitFor({ state: 'detached' });
  expect(core.calls.at(-1)).toEqual({
    name: 'connections.remove',
    input: { connection: 'c-1', revoke: false },
  });
});

it('shows each problem of a provider file, and moves nothing when the files are read again', async () => {
  const problem = (message: string) => ({
    file: '/home/ana/acme.json',
    field: null,
    message,
    hint: 'Mend it.',
  });
  const problems = [problem('Problem one.'), problem('Problem two.')];
  const snapshot = { ...full(), problems };
  const { page, core } = await openWindow(snapshot);
  await section(page, 'Providers').click();
  await page.getByText('Problem two.').waitFor();
  expect(await page.getByRole('alert').filter({ hasText: 'acme.json' }).count()).toBe(0);
  await page.evaluate(() => {
    Element.prototype.scrollIntoView = () => {
      document.title = 'moved';
    };
  });
  const title = await page.title();
  const { providers } = snapshot;
  core.push({ type: 'providers', providers, problems: [problem('Problem three.'), ...problems].reverse() });
  await page.getByText('Problem three.').waitFor();
  core.push({ type: 'providers', providers, problems: [problem('Problem three.')] });
  await page.getByText('Problem one.').waitFor({ state: 'detached' });
  expect(await page.getByText('acme.json').allTextContents()).toEqual([
    expect.stringContaining('Problem three.'),
  ]);
  expect(await page.title()).toBe(title);
});

describe('the focus stays when what was clicked goes', () => {
  const focusOf = (page: Page) => page.evaluate(() => document.activeElement?.textContent ?? '');

  it('on the name of a connection that is resumed', async () => {
    const { page } = await openWindow(full());
    await page.getByRole('option', { name: /Paused/ }).click();
    await button(page, 'Resume').click();
    await button(page, 'Resume').waitFor({ state: 'detached' });
    const title = await page.locator('#detail-title').textContent();
    await expect.poll(() => focusOf(page)).toBe(title);
  });

  it('on the star of a connection that is made active', async () => {
    const { page } = await openWindow(full());
    await option(page, 'beta').click();
    await button(page, 'Make active').click();
    const star = page.getByRole('button', { name: 'Active in Atlassian Cloud' });
    await star.waitFor();
    expect(await star.evaluate((element) => element === document.activeElement)).toBe(true);
  });

  it('on the button that checks for updates', async () => {
    const { page, core } = await openWindow({ ...full(), updates: { state: 'idle' } });
    await section(page, 'Settings').click();
    const check = button(page, 'Check for updates');
    await check.focus();
    core.push({ type: 'updates', updates: { state: 'checking' } });
    await page.getByText('Checking…').waitFor();
    expect(await check.evaluate((element) => element === document.activeElement)).toBe(true);
    expect(await check.getAttribute('aria-disabled')).toBe('true');
  });
});

describe('a backup', () => {
  const open = async () => {
    const { page, core } = await openWindow(full());
    await section(page, 'Settings').click();
    return { page, core };
  };

  it('is made with a passphrase that was typed twice, or generated', async () => {
    const { page, core } = await open();
    const requests: { file: string; passphrase: string }[] = [];
    core.answers['backup.create'] = (request) => {
      requests.push(request);
      const { file } = request;
      return {
        value: { file, createdAt: '2026-11-28T09:30:00.000Z', bytes: 1, connections: 1, unreadable: 0 },
      };
    };
    await button(page, 'Back up…').click();
    await page.getByLabel('File').fill('/home/ana/copy.age');
    await page.getByLabel('Passphrase', { exact: true }).fill(' with spaces around ');
    await page.getByLabel('Passphrase again').fill('something else');
    await button(page, 'Back up').click();
    await page.getByText('The two passphrases are not the same.').waitFor();
    await page.getByLabel('Passphrase again').fill(' with spaces around ');
    await button(page, 'Back up').click();
    await page.getByRole('dialog', { name: 'Backup written' }).waitFor();
    await button(page, 'Done').click();
    await button(page, 'Back up…').click();
    await button(page, 'Generate a passphrase').click();
    const shown = await page.getByLabel('Passphrase', { exact: true }).inputValue();
    expect(shown).toMatch(/^([0-9a-z]{5}-){4}[0-9a-z]{5}$/);
    await button(page, 'Back up').click();
    await page.getByRole('dialog', { name: 'Backup written' }).waitFor();
    expect(requests.map(({ passphrase }) => passphrase)).toEqual([' with spaces around ', shown]);
  });

  it('is restored after the window has shown what that would change', async () => {
    const { page, core } = await open();
    const view = {
      createdAt: '2026-11-28T09:30:00.000Z',
      version: '0.1.0',
      unused: false,
      connections: [
        { id: '1', name: 'acme', provider: 'atlassian', change: 'kept' as const },
        { id: '2', name: 'globex', provider: 'atlassian', change: 'added' as const },
      ],
      clients: 1,
      exports: 0,
      providerFiles: { added: [], kept: [] },
    };
    let restored = 0;
    core.answers['backup.check'] = ({ passphrase }) =>
      passphrase === 'right'
        ? { value: view }
        : { error: { code: 'denied', message: 'The passphrase is wrong.' } };
    core.answers['backup.restore'] = ({ confirmed }) => {
      restored += confirmed ? 1 : 0;
      return { value: view };
    };
    await button(page, 'Restore…').click();
    await page.getByLabel('File').fill('/home/ana/copy.age');
    await page.getByLabel('Passphrase', { exact: true }).fill('wrong');
    await button(page, 'Continue').click();
    await page.getByText('The passphrase is wrong.').waitFor();
    await page.getByLabel('Passphrase', { exact: true }).fill('right');
    await button(page, 'Continue').click();
    await page.getByText('globex is added.').waitFor();
    await page.getByText('acme stays as it is').waitFor();
    expect(restored).toBe(0);
    await button(page, 'Restore').click();
    await page.getByText('Restored. Tokentray restarts.').waitFor();
    expect(restored).toBe(1);
  });

  it('leaves the key alone that is kept outside the keychain', async () => {
    const { page, core } = await open();
    await button(page, 'Replace the key').waitFor();
    core.push({ type: 'status', status: { ...core.snapshot.status, keySource: 'file:/run/secrets/key' } });
    await page.getByText('Encrypted with a key from file:/run/secrets/key').waitFor();
    expect(await button(page, 'Replace the key').count()).toBe(0);
  });
});

describe('activity', () => {
  it('is filtered by the core, updated live, and saved as JSON lines', async () => {
    const { page, core } = await openWindow(full());
    await section(page, 'Activity').click();
    await page.getByRole('combobox', { name: 'Level' }).selectOption('error');
    const entries = page.getByRole('list', { name: 'Activity' }).getByRole('listitem');
    await expect.poll(() => entries.count()).toBe(1);
    const template = core.activity[0]!;
    core.push({ type: 'activity', entry: { ...template, id: 100, level: 'info', message: 'not shown' } });
    core.push({
      type: 'activity',
      entry: { ...template, id: 101, level: 'error', message: 'shown at once' },
    });
    await page.getByText('shown at once').waitFor();
    expect(await page.getByText('not shown').count()).toBe(0);
    const download = page.waitForEvent('download');
    await button(page, 'Export').click();
    const saved = await download;
    expect(saved.suggestedFilename()).toMatch(/^tokentray-activity-\d{4}-\d\d-\d\d\.jsonl$/);
    const chunks: Buffer[] = [];
    for await (const chunk of await saved.createReadStream()) chunks.push(chunk as Buffer);
    const lines = Buffer.concat(chunks).toString('utf8').trimEnd().split('\n');
    expect(lines.map((line) => (JSON.parse(line) as { id: number }).id)).toEqual([101, 7]);
  });
});
