import type { Page } from 'playwright-core';
import type { CallOutput } from '../../../contract/calls.ts';
import type { ImportCandidate } from '../../../contract/import.ts';
import type { ProviderId } from '../../../contract/ids.ts';
import type { FakeAnswers, FakeWindowCore } from '../../fakes/fake-window-core.ts';
import { presetViews } from '../../fakes/preset-views.ts';
import { emptySnapshot, fullSnapshot, type Snapshot } from '../../fakes/window-data.ts';
import { button, section, type WindowScreen } from './window-screens.ts';

const full = (): Snapshot => fullSnapshot(Date.now());

const candidate = (id: string, change: Partial<ImportCandidate>): ImportCandidate => ({
  id,
  source: 'mcp-atlassian',
  place: '/home/ana/.mcp-atlassian/.env',
  alsoAt: [],
  provider: 'atlassian',
  providerName: 'Atlassian Cloud',
  method: 'api-token',
  kind: 'API token',
  address: 'https://acme.atlassian.net',
  username: 'ana@acme.example',
  secret: '…f00d',
  expiresAt: null,
  refreshes: false,
  problem: null,
  notes: [],
  ...change,
});

const LOOKED = [
  { source: 'mcp-atlassian', name: 'mcp-atlassian', looksAt: '~/.mcp-atlassian and the keychain' },
  { source: 'gh', name: 'GitHub CLI', looksAt: '~/.config/gh/hosts.yml and the keychain' },
] as const;

export const FOUND: CallOutput<'import.find'> = {
  candidates: [
    candidate('one', { alsoAt: ['/home/ana/work/.env'] }),
    candidate('two', {
      method: 'oauth2',
      kind: 'OAuth tokens',
      place: 'keychain: mcp-atlassian-oauth, client',
      refreshes: true,
      notes: ['mcp-atlassian renews it. Two programs that renew one grant end it for both.'],
    }),
    candidate('three', {
      address: null,
      problem: {
        code: 'invalid-input',
        message: 'It does not say for which site it is.',
        hint: 'Enter its site, or add: --site SITE',
      },
    }),
  ],
  notes: [],
  clear: [],
  looked: [...LOOKED],
};

const findAnswers = (found: CallOutput<'import.find'>): FakeAnswers => ({
  'import.find': () => ({ value: found }),
});

export const CHECKED: CallOutput<'providers.check'> = {
  provider: {
    id: 'acme' as ProviderId,
    name: 'Acme staff login',
    methods: ['oauth2', 'api-token'],
    talksTo: ['https://id.acme.example', '{instance}'],
    client: { name: 'Acme staff', clientId: 'abc', hasSecret: true },
    network: {
      proxy: { from: 'manual', url: 'http://proxy.acme.example:3128' },
      caFile: '/etc/acme/ca.pem',
    },
    changes: true,
    replaces: '/home/ana/providers/acme.json',
  },
  problems: [],
  digest: 'd1',
};

export const PROVIDER_TEXT =
  '{ "id": "acme", "oauth2": { "client": { "clientId": "abc", "clientSecret": "s-canary-1" } } }';

/** As a person drops it. */
export async function dropText(page: Page, name: string, text: string): Promise<void> {
  await page.evaluate(
    ([fileName, content]) => {
      const dataTransfer = new DataTransfer();
      dataTransfer.items.add(new File([content ?? ''], fileName ?? ''));
      document.body.dispatchEvent(new DragEvent('drop', { dataTransfer, bubbles: true, cancelable: true }));
    },
    [name, text],
  );
}

const importing =
  (found: CallOutput<'import.find'>, text: string) =>
  async (page: Page, core: FakeWindowCore): Promise<void> => {
    core.answers = { ...core.answers, ...findAnswers(found) };
    await section(page, 'Settings').click();
    await button(page, 'Import…').click();
    await page.getByRole('dialog').getByText(text).first().waitFor();
  };

const adding = async (page: Page): Promise<void> => {
  await section(page, 'Providers').click();
  await button(page, 'Add provider…').click();
  await page.getByRole('dialog', { name: 'Add provider' }).waitFor();
};

/** Importing, adding a provider file, and the check for problems. */
export const IMPORT_SCREENS: readonly WindowScreen[] = [
  { name: 'Import', snapshot: full, reach: importing(FOUND, 'Who renews it from now on?') },
  {
    name: 'Import, nothing found',
    snapshot: emptySnapshot,
    reach: importing({ ...FOUND, candidates: [] }, 'Nothing was found'),
  },
  {
    name: 'Import, results',
    snapshot: full,
    reach: async (page, core) => {
      core.answers['import.take'] = () => ({
        value: {
          results: [
            { id: 'one', connection: core.snapshot.connections[0] ?? null, error: null, notes: [] },
            {
              id: 'two',
              connection: null,
              error: { code: 'refused', message: 'Its access token has ended.', hint: 'Take it over.' },
              notes: [],
            },
          ],
        },
      });
      await importing(FOUND, 'Who renews it from now on?')(page, core);
      await page.getByRole('dialog').getByRole('button', { name: 'Import', exact: true }).click();
      await page.getByRole('dialog', { name: '1 connection imported' }).waitFor();
    },
  },
  { name: 'Add provider', snapshot: full, reach: adding },
  {
    name: 'Add provider, shown',
    snapshot: full,
    reach: async (page, core) => {
      core.answers['providers.check'] = () => ({ value: CHECKED });
      await section(page, 'Providers').click();
      await dropText(page, 'acme.json', PROVIDER_TEXT);
      await page.getByRole('dialog', { name: 'Add Acme staff login?' }).waitFor();
    },
  },
  {
    name: 'Add preset',
    snapshot: full,
    reach: async (page) => {
      await section(page, 'Providers').click();
      await button(page, 'Add preset…').click();
      await page.getByRole('dialog', { name: 'Add preset' }).waitFor();
    },
  },
  {
    name: 'Add preset, shown',
    snapshot: full,
    reach: async (page, core) => {
      const preset = presetViews(false).find(({ name }) => name === 'mcp-atlassian') ?? null;
      core.answers['presets.check'] = () => ({
        value: { preset, problems: [], replaces: '/home/ana/presets/mine.json', digest: 'd' },
      });
      await section(page, 'Providers').click();
      await dropText(page, 'mine.json', '{ "variables": { "A": "x" } }');
      await page.getByRole('dialog', { name: 'Add the preset mcp-atlassian?' }).waitFor();
    },
  },
  {
    name: 'Add provider, wrong',
    snapshot: full,
    reach: async (page, core) => {
      core.answers['providers.check'] = () => ({
        value: {
          provider: null,
          problems: [{ field: 'methods', message: 'This field is missing.', hint: 'Add it.' }],
          digest: 'd',
        },
      });
      await adding(page);
      await page.getByLabel('Or paste its text').fill('{ "id": "acme" }');
      await button(page, 'Continue').click();
      await page.getByText('methods: This field is missing.').waitFor();
    },
  },
  {
    name: 'Settings, problems',
    snapshot: full,
    reach: async (page, core) => {
      core.answers.doctor = () => ({
        value: {
          findings: [
            { check: 'data folder', ok: true, message: '/home/ana/.config/tokentray' },
            {
              check: 'tokens in the clear',
              ok: false,
              message: '/home/ana/.netrc can be read as it is, and holds: API token.',
              hint: 'Move it in (in the window, or with: tokentray import), then remove it there.',
            },
          ],
        },
      });
      await section(page, 'Settings').click();
      await button(page, 'Check now').click();
      await page.getByText('1 problem was found.').first().scrollIntoViewIfNeeded();
    },
  },
];
