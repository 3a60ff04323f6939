import type { Page } from 'playwright-core';
import { aHeld, aProgramHeld, emptyGateway, fullGateway } from '../../fakes/gateway-data.ts';
import { emptySnapshot, fullSnapshot, type Snapshot } from '../../fakes/window-data.ts';
import { button, option, section, tab, type WindowScreen } from './window-screens.ts';

/** With keys, an MCP client, a run and, where `held`, two requests that wait. */
export function withGateway(held = false): Snapshot {
  const now = Date.now();
  const gateway = fullGateway(now);
  return { ...fullSnapshot(now), gateway: { ...gateway, held: held ? gateway.held : [] } };
}

/** The key that asked most is gone, and its connection. */
export function withoutTriageBot(): Snapshot {
  const snapshot = withGateway();
  const { gateway, connections } = snapshot;
  return {
    ...snapshot,
    connections: connections.filter(({ name }) => name !== 'acme'),
    gateway: { ...gateway, consumers: gateway.consumers.filter(({ name }) => name !== 'triage bot') },
  };
}

/** The connection “acme” opens git too. */
export function withGit(): Snapshot {
  const snapshot = withGateway();
  const git = { id: 'git', name: 'Git', url: 'https://bitbucket.org' };
  return {
    ...snapshot,
    connections: snapshot.connections.map((connection) =>
      connection.name === 'acme' ? { ...connection, apis: [...connection.apis, git] } : connection,
    ),
  };
}

export const inGateway = async (page: Page): Promise<void> => {
  await section(page, 'Gateway').click();
  await page.getByRole('heading', { level: 1, name: 'Gateway' }).waitFor();
};

export async function onRequests(page: Page): Promise<void> {
  await section(page, 'Activity').click();
  await tab(page, 'Requests').click();
}

const addKey = async (page: Page): Promise<void> => {
  await inGateway(page);
  await button(page, 'Add key').click();
  await page.getByRole('dialog', { name: 'Add key' }).waitFor();
  await page.getByText('Allow read.').waitFor();
};

export const addRemoteKey = async (page: Page): Promise<void> => {
  await inGateway(page);
  await button(page, 'For another machine…').click();
  await page.getByRole('dialog', { name: 'Add key for another machine' }).waitFor();
};

/** The gateway's screens and dialogs. */
export const GATEWAY_SCREENS: readonly WindowScreen[] = [
  {
    name: 'Gateway',
    snapshot: () => withGateway(),
    reach: async (page) => {
      await inGateway(page);
      await page.getByText('triage bot').first().waitFor();
      await page.getByRole('list', { name: 'Programs' }).waitFor();
    },
  },
  { name: 'Gateway, nobody uses it', snapshot: emptySnapshot, reach: inGateway },
  {
    name: 'Gateway, port taken',
    snapshot: () => {
      const snapshot = withGateway();
      const fault = {
        code: 'conflict',
        message: 'Port 7980 is taken by another program.',
        hint: 'End that program, or change the port in Settings.',
      } as const;
      return { ...snapshot, gateway: { ...snapshot.gateway, gateway: { url: null, fault } } };
    },
    reach: inGateway,
  },
  {
    name: 'Settings, ports taken',
    snapshot: () => {
      const snapshot = withGateway();
      const fault = (port: number) => ({
        url: null,
        fault: {
          code: 'port-taken' as const,
          message: `Port ${port} is taken by another program.`,
          hint: 'End that program, or choose another port.',
        },
      });
      return {
        ...snapshot,
        settings: { ...snapshot.settings, mcpSignIn: true },
        gateway: { ...snapshot.gateway, gateway: fault(7980), mcp: fault(7981) },
      };
    },
    reach: async (page) => {
      await section(page, 'Settings').click();
      await page.getByText('Port 7981 is taken').waitFor();
    },
  },
  {
    name: 'Held requests',
    snapshot: () => withGateway(true),
    reach: (page) => button(page, 'Deny all').waitFor(),
  },
  { name: 'Held requests in Gateway', snapshot: () => withGateway(true), reach: inGateway },
  {
    name: 'Programs that ask',
    snapshot: () => withGateway(true),
    reach: async (page, core) => {
      const now = Date.now();
      const unknown = { executable: null, script: null, folder: null, pid: null, startedBy: [] };
      const held = [
        aProgramHeld(1, now),
        aHeld(2, now),
        aProgramHeld(3, now, { name: 'A program', ...unknown, lasts: ['once'] }),
      ];
      await button(page, 'Deny all').waitFor();
      core.push({ type: 'held', held });
      await button(page, 'Answer for longer: deploy.mjs, acme').click();
      await page.getByRole('menuitem', { name: 'Allow until its terminal closes' }).waitFor();
    },
  },
  { name: 'Add key', snapshot: () => withGateway(), reach: addKey },
  { name: 'Add key, no connection', snapshot: emptySnapshot, reach: addKey },
  {
    name: 'Add key, by operation',
    snapshot: () => withGateway(),
    reach: async (page) => {
      await addKey(page);
      await page.getByRole('radio', { name: 'Choose…' }).check();
      await page.getByRole('combobox', { name: 'Jira: Reading' }).selectOption('Allow');
      await page.getByText('5 operations').click();
      await page.getByRole('combobox', { name: 'Jira: Create issues' }).selectOption('Ask me');
    },
  },
  {
    name: 'A new key',
    snapshot: () => withGateway(),
    reach: async (page) => {
      await addKey(page);
      await page.getByRole('textbox', { name: 'Name' }).fill('nightly report');
      await page.getByRole('checkbox', { name: 'acme', exact: true }).check();
      await page.getByRole('dialog').getByRole('button', { name: 'Add key' }).click();
      await page.getByRole('dialog', { name: 'Key for nightly report' }).waitFor();
    },
  },
  { name: 'Add key for another machine', snapshot: () => withGateway(), reach: addRemoteKey },
  {
    name: 'A new key for another machine',
    snapshot: () => withGateway(),
    reach: async (page) => {
      await addRemoteKey(page);
      await page.getByRole('textbox', { name: 'Name' }).fill('build server 2');
      await page.getByRole('checkbox', { name: 'acme', exact: true }).check();
      await page.getByRole('dialog').getByRole('button', { name: 'Add key' }).click();
      await page.getByRole('dialog', { name: 'Key for build server 2' }).waitFor();
    },
  },
  {
    name: 'Change a key',
    snapshot: () => withGateway(),
    reach: async (page) => {
      await inGateway(page);
      await button(page, 'Change triage bot').click();
      await page.getByRole('dialog', { name: 'Change triage bot' }).waitFor();
    },
  },
  {
    name: 'Remove a key',
    snapshot: () => withGateway(),
    reach: async (page) => {
      await inGateway(page);
      await button(page, 'Remove triage bot').click();
      await page.getByRole('dialog', { name: 'Remove triage bot?' }).waitFor();
    },
  },
  {
    name: 'Access',
    snapshot: () => withGateway(),
    reach: async (page) => {
      await option(page, 'acme').click();
      await tab(page, 'Access').click();
      await page.getByRole('list', { name: 'Used by' }).waitFor();
    },
  },
  {
    name: 'Access, nobody',
    snapshot: () => ({ ...withGateway(), gateway: emptyGateway() }),
    reach: async (page) => {
      await option(page, 'acme').click();
      await tab(page, 'Access').click();
      await page.getByText('No key may use it.').waitFor();
    },
  },
  {
    name: 'Access, with git',
    snapshot: withGit,
    reach: async (page) => {
      await option(page, 'acme').click();
      await tab(page, 'Access').click();
      await button(page, 'Use with git').click();
      await button(page, 'Remove from /home/ana/.gitconfig').waitFor();
    },
  },
  {
    name: 'Rules of a connection',
    snapshot: () => withGateway(),
    reach: async (page) => {
      await option(page, 'acme').click();
      await tab(page, 'Access').click();
      await button(page, 'Change rules…').click();
      await page.getByRole('dialog', { name: 'Rules for acme' }).waitFor();
    },
  },
  {
    name: 'Requests',
    snapshot: () => withGateway(),
    reach: async (page) => {
      await onRequests(page);
      await page.getByRole('list', { name: 'Requests, newest first' }).waitFor();
      await page.getByRole('region', { name: 'Usage' }).waitFor();
    },
  },
  {
    name: 'Requests of what is gone',
    snapshot: withoutTriageBot,
    reach: async (page) => {
      await onRequests(page);
      await page.getByRole('list', { name: 'Requests, newest first' }).waitFor();
      await page.getByRole('region', { name: 'Usage' }).waitFor();
    },
  },
  {
    name: 'Requests, none',
    snapshot: emptySnapshot,
    reach: async (page) => {
      await onRequests(page);
      await page.getByText('No requests yet.', { exact: false }).waitFor();
    },
  },
];
