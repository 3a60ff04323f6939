import type { Page } from 'playwright-core';
import type { ExportView } from '../../../contract/export.ts';
import type { ErrorCode } from '../../../contract/vocabulary.ts';
import {
  anExport,
  connectionId,
  emptySnapshot,
  fullSnapshot,
  type Snapshot,
} from '../../fakes/window-data.ts';
import { button, option, section, tab, type WindowScreen } from './window-screens.ts';

const MINUTE_MS = 60_000;
/** As many as somebody with a folder for each customer has. */
export const MANY_FILES = 200;

export const TRIAGE = '~/code/triage/.env';

const full = (): Snapshot => fullSnapshot(Date.now());

/** With the desktop's own dialogs and file manager. */
export const onDesktop = (snapshot: Snapshot): Snapshot => ({
  ...snapshot,
  status: { ...snapshot.status, host: 'electron', desktop: { tray: true, startsAtLogin: false } },
});

function withFiles(make: (now: number) => ExportView[]): Snapshot {
  return { ...full(), exports: make(Date.now()) };
}

const failed = (n: number, now: number, code: ErrorCode, message: string, hint: string): ExportView =>
  anExport(n, now, {
    status: {
      state: 'failed',
      since: new Date(now - 20 * MINUTE_MS).toISOString(),
      error: { code, message, hint },
    },
    tokenEndsAt: new Date(now - n * 5 * MINUTE_MS).toISOString(),
  });

/** Each way in which a file fails, with what can be done about it. */
const broken = (): Snapshot =>
  withFiles((now) => [
    failed(
      1,
      now,
      'io',
      'Permission denied: /home/ana/code/project-1/.env.',
      'Give yourself write permission on the file and its folder.',
    ),
    failed(
      2,
      now,
      'refused',
      '/home/ana/code/project-2 belongs to another user.',
      'Choose a file of your own.',
    ),
    {
      ...failed(3, now, 'needs-reconnect', '“beta” needs you to sign in again.', 'Reconnect it.'),
      connection: { id: connectionId(3), name: 'beta' },
      target: { follows: 'connection', connection: connectionId(3) },
      warnings: ['Git tracks this file. Add it to .gitignore before you commit.'],
    },
    {
      ...failed(
        4,
        now,
        'not-found',
        'The connection that this file follows was removed.',
        'Choose another one.',
      ),
      connection: null,
      target: { follows: 'connection', connection: connectionId(99) },
    },
    anExport(5, now, {
      connection: { id: connectionId(2), name: 'acme-sandbox' },
      tokenEndsAt: new Date(now - 3 * MINUTE_MS).toISOString(),
    }),
    anExport(6, now, { file: '/home/ana/code/board/tokens.json', format: 'json', mode: 'whole' }),
  ]);

export const manyFiles = (): Snapshot =>
  withFiles((now) =>
    Array.from({ length: MANY_FILES }, (_, index) =>
      index < 3
        ? failed(
            index + 1,
            now,
            'io',
            `Permission denied: /home/ana/code/project-${index + 1}/.env.`,
            'Try it.',
          )
        : anExport(index + 1, now),
    ),
  );

const dialog = (page: Page, name: string) => page.getByRole('dialog', { name });
/** A text field, with suggestions a combo box. */
export const fileField = (page: Page) => page.getByLabel('File', { exact: true });
const inFiles = async (page: Page): Promise<void> => {
  await section(page, 'Env files').click();
  await page.getByRole('heading', { level: 1, name: 'Env files' }).waitFor();
};
export async function adding(page: Page): Promise<void> {
  await inFiles(page);
  await button(page, 'Add env file').click();
  await dialog(page, 'Add env file').waitFor();
}
async function added(page: Page, file: string): Promise<void> {
  await adding(page);
  await fileField(page).fill(file);
  await dialog(page, 'Add env file').getByRole('button', { name: 'Add env file' }).click();
}
const faultOf = (page: Page, text: string) => page.getByText(text).waitFor();
async function ofTriage(page: Page, item: string): Promise<void> {
  await inFiles(page);
  await button(page, `More for ${TRIAGE}`).click();
  await page.getByRole('menuitem', { name: item }).click();
}
const dropped = async (page: Page): Promise<void> => {
  await option(page, 'acme').waitFor();
  await page.evaluate(() => {
    const dataTransfer = new DataTransfer();
    dataTransfer.items.add(new File([''], 'dropped.env'));
    document.body.dispatchEvent(new DragEvent('drop', { dataTransfer, bubbles: true, cancelable: true }));
  });
  await dialog(page, 'Add env file').waitFor();
};

/** Env files: the list in every state, and its dialogs with a fault of each field. */
export const FILE_SCREENS: readonly WindowScreen[] = [
  { name: 'Env files', snapshot: full, reach: inFiles },
  { name: 'Env files on the desktop', snapshot: () => onDesktop(full()), reach: inFiles },
  { name: 'Env files that were not written', snapshot: broken, reach: inFiles },
  {
    name: `${MANY_FILES} env files`,
    snapshot: manyFiles,
    reach: async (page) => {
      await inFiles(page);
      await page.getByRole('button', { name: /^Edit/ }).first().focus();
    },
  },
  {
    name: `${MANY_FILES} env files, none found`,
    snapshot: manyFiles,
    reach: async (page) => {
      await inFiles(page);
      await page.getByRole('searchbox', { name: 'Search env files' }).fill('zzz');
      await button(page, 'Clear search').waitFor();
    },
  },
  { name: 'no env files', snapshot: emptySnapshot, reach: inFiles },
  {
    name: 'Env files of a connection',
    snapshot: full,
    reach: async (page) => {
      await option(page, 'acme').click();
      await tab(page, 'Env files').click();
      await page.getByText(TRIAGE).waitFor();
    },
  },
  {
    name: 'no env files of a connection',
    snapshot: full,
    reach: async (page) => {
      await option(page, 'gamma').click();
      await tab(page, 'Env files').click();
    },
  },
  {
    name: 'preview of an env file',
    snapshot: full,
    reach: async (page) => {
      await inFiles(page);
      await button(page, `Preview ${TRIAGE}`).click();
      await page
        .getByRole('region', { name: `Preview of ${TRIAGE}` })
        .getByText('••••')
        .waitFor();
    },
  },
  {
    name: 'check of an env file',
    snapshot: full,
    reach: async (page) => {
      await ofTriage(page, 'Check');
      await page.getByText('Git does not ignore .env').waitFor();
    },
  },
  {
    name: 'the menu of an env file',
    snapshot: full,
    reach: async (page) => {
      await inFiles(page);
      await button(page, `More for ${TRIAGE}`).click();
      await page.getByRole('menu').waitFor();
    },
  },
  {
    name: 'Add env file',
    snapshot: full,
    reach: async (page) => {
      await adding(page);
      const preview = page.getByRole('region', { name: 'Preview' }).getByText('••••');
      // Closed where there is no room for it.
      if (page.viewportSize()?.height === 480) await page.getByText('Preview', { exact: true }).click();
      await preview.waitFor();
    },
  },
  { name: 'Add env file on the desktop', snapshot: () => onDesktop(full()), reach: adding },
  { name: 'Add env file for a dropped one', snapshot: full, reach: dropped },
  {
    name: 'Add env file as a named pipe',
    snapshot: full,
    reach: async (page) => {
      await adding(page);
      await page.getByLabel('Kept as').selectOption('pipe');
      await page.getByText('While Tokentray is not running').waitFor();
    },
  },
  {
    name: 'Add env file without a file',
    snapshot: full,
    reach: async (page) => {
      await added(page, '');
      await faultOf(page, 'File is missing.');
    },
  },
  {
    name: 'Add env file in the home of another user',
    snapshot: full,
    reach: async (page) => {
      await added(page, '~ben/.env');
      await faultOf(page, 'is in the home folder of another user.');
    },
  },
  {
    name: 'a key already exists',
    snapshot: full,
    reach: async (page) => {
      await added(page, '/home/ana/conflict/.env');
      await button(page, 'Keep both').waitFor();
    },
  },
  ...(['preset', 'format', 'connection', 'mode'] as const).map((field): WindowScreen => ({
    name: `Add env file, fault of ${field}`,
    snapshot: full,
    reach: async (page, core) => {
      core.answers = {
        ...core.answers,
        'exports.add': () => ({
          error: { code: 'invalid-input', message: 'This cannot be.', hint: 'Choose another.', field },
        }),
      };
      await added(page, '/home/ana/code/other/.env');
      await faultOf(page, 'This cannot be.');
    },
  })),
  {
    name: 'Edit env file',
    snapshot: full,
    reach: async (page) => {
      await inFiles(page);
      await button(page, `Edit ${TRIAGE}`).click();
      await dialog(page, 'Edit env file').waitFor();
    },
  },
  {
    name: 'Fix env file',
    snapshot: broken,
    reach: async (page) => {
      await inFiles(page);
      await button(page, 'Fix: ~/code/project-2/.env').click();
      await dialog(page, 'Edit env file').getByText('belongs to another user').waitFor();
    },
  },
  {
    name: 'Remove env file',
    snapshot: full,
    reach: async (page) => {
      await ofTriage(page, 'Remove…');
      await dialog(page, 'Remove env file?').waitFor();
    },
  },
];
