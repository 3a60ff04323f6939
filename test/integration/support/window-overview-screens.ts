import type { Page } from 'playwright-core';
import type { ActivityEntry } from '../../../contract/activity.ts';
import type { ConnectionStatus, ConnectionView } from '../../../contract/connection.ts';
import type { FakeWindowCore } from '../../fakes/fake-window-core.ts';
import { aConsumer } from '../../fakes/gateway-data.ts';
import { aUse } from '../../fakes/uses-data.ts';
import {
  aConnection,
  anExport,
  connectionId,
  emptySnapshot,
  uuid,
  type Snapshot,
} from '../../fakes/window-data.ts';
import { option, type WindowScreen } from './window-screens.ts';

const MINUTE = 60_000;
const iso = (minutesAgo: number): string => new Date(Date.now() - minutesAgo * MINUTE).toISOString();

const offline: ConnectionStatus = {
  state: 'offline',
  since: iso(12),
  reason: 'auth.atlassian.com was not found (ENOTFOUND)',
  retryAt: iso(-3),
  answered: false,
};
const gone: ConnectionStatus = {
  state: 'needs-reconnect',
  since: iso(52),
  reason: 'Atlassian no longer accepts this sign-in (unauthorized_client: refresh_token is invalid).',
  fault: 'grant',
  hint: 'Choose Reconnect, or run `tokentray reconnect "acme"`.',
};
const HEBREW = 'ירושלים – חיבור ראשי של הצוות';

/** One connection, the files that follow it, and a key. */
const alone = (change: Partial<ConnectionView>, files = 2): Snapshot => ({
  ...emptySnapshot(),
  connections: [aConnection(1, Date.now(), { name: 'acme', active: true, ...change })],
  exports: Array.from({ length: files }, (_, n) =>
    anExport(n, Date.now(), {
      ...(n % 7 === 3 && {
        status: { state: 'failed', since: iso(30), error: { code: 'io', message: 'Permission denied.' } },
      }),
      ...(n % 11 === 5 && { file: `/home/ana/${'very-long-folder-name/'.repeat(8)}service-${n}/.env.local` }),
      connection: { id: connectionId(1), name: 'acme' },
      ...(change.expiresAt !== undefined && { tokenEndsAt: change.expiresAt }),
    }),
  ),
  gateway: {
    ...emptySnapshot().gateway,
    consumers: [aConsumer(1, Date.now(), { name: 'triage bot', connections: [connectionId(1)] })],
  },
});

const happened = (minutesAgo: number, event: string): ActivityEntry => ({
  id: Math.round(1e6 - minutesAgo * 10),
  at: iso(minutesAgo),
  level: 'info',
  event,
  message: event,
  connection: connectionId(1),
  export: null,
});

/** A day of renewals, with a failure in it. */
const DAY = [
  happened(12, 'refresh.offline'),
  happened(68, 'refresh.refreshed'),
  happened(97, 'refresh.recovered'),
  happened(127, 'refresh.temporary'),
  happened(187, 'refresh.refreshed'),
  happened(240, 'connection.added'),
];

const screen = (
  name: string,
  snapshot: () => Snapshot,
  prepare: (core: FakeWindowCore) => void = () => undefined,
  then: (page: Page) => Promise<void> = () => Promise.resolve(),
): WindowScreen => ({
  name,
  snapshot,
  reach: async (page, core) => {
    prepare(core);
    const { name: first } = core.snapshot.connections[0] ?? { name: '' };
    await option(page, first).click();
    await page.getByRole('heading', { name: 'Used by' }).waitFor();
    await then(page);
    // The activity and the uses are asked for a moment later.
    await page.waitForTimeout(400);
  },
});

/** The Overview of a connection in its states, and with much of everything. */
export const OVERVIEW_SCREENS: readonly WindowScreen[] = [
  screen(
    'Overview while offline',
    () => alone({ status: offline, obtainedAt: iso(20), expiresAt: iso(-40), nextRefreshAt: iso(-3) }),
    (core) => {
      core.activity = DAY;
    },
    async (page) => {
      await page.locator('summary', { hasText: 'Details' }).click();
    },
  ),
  screen(
    'Overview of an ended sign-in',
    () =>
      alone({
        status: gone,
        obtainedAt: iso(105),
        expiresAt: iso(45),
        nextRefreshAt: null,
        canRefresh: false,
      }),
    (core) => {
      core.activity = DAY.slice(2);
      core.uses = [aUse('key', 'triage bot', 4, Date.now(), { failures: 3 })];
    },
  ),
  screen(
    'Overview with 200 files',
    () => alone({}, 200),
    undefined,
    async (page) => {
      await page.getByRole('button', { name: 'Show all' }).click();
    },
  ),
  screen(
    'Overview that nothing uses',
    () => ({ ...alone({ expiresAt: null, nextRefreshAt: null }, 0), gateway: emptySnapshot().gateway }),
    (core) => {
      core.activity = [];
      core.uses = [];
    },
    async (page) => {
      for (const summary of [/^Sign-in/, /^Network$/])
        await page.locator('summary', { hasText: summary }).click();
    },
  ),
  screen(
    'Overview of right-to-left names',
    () => {
      const snapshot = alone({
        name: HEBREW,
        account: { ...aConnection(1, 0).account, name: 'אנה קלר', id: uuid(9) },
      });
      return {
        ...snapshot,
        exports: [anExport(1, Date.now(), { file: '/home/ana/פרויקטים/ניהול משימות/.env' })],
      };
    },
    (core) => {
      core.uses = [aUse('run', 'סקריפט'.repeat(14), 4, Date.now()), ...core.uses];
    },
  ),
];
