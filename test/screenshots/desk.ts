import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { RunningApp } from '../e2e/support/app.ts';
import { connectWay } from '../integration/support/connect-way.ts';
import { connect } from '../integration/support/connect.ts';
import { offeredBy, WAYS_IN } from '../integration/support/ways-in.ts';

const MINUTE_MS = 60_000;

/** A desk as somebody has it who uses this daily: several accounts, files of projects, a key, some hours of activity. */
export async function furnish(app: RunningApp, userHome: string): Promise<void> {
  const run = async (...args: string[]): Promise<string> => {
    const { code, stdout, stderr } = await app.cli(args);
    if (code !== 0) throw new Error(`tokentray ${args.join(' ')} ended with ${code}: ${stderr}`);
    return stdout.trim();
  };
  const signIn = async (account: string, site: string): Promise<void> => {
    const options = ['--name', site, '--site', site];
    const connected = await connect(app, { account, sites: [site] }, options);
    if ('error' in connected) throw new Error(`“${site}” was not connected: ${connected.error.message}`);
  };
  await signIn('ana', 'acme');
  await signIn('ana', 'acme-sandbox');
  await signIn('ben', 'beta');
  await connectServer(app);
  await connectBitbucket(app);

  const project = (name: string, file: string, content: string): string => {
    const folder = path.join(userHome, 'code', name);
    mkdirSync(folder, { recursive: true });
    writeFileSync(path.join(folder, file), content, { mode: 0o600 });
    return path.join(folder, file);
  };
  await run('export', 'add', project('triage', '.env', 'DEBUG=1\n'), '--connection', 'acme');
  await run(
    ...['export', 'add', project('release-notes', 'jira.env', '')],
    ...['--connection', 'acme-sandbox', '--preset', 'mcp-atlassian'],
  );
  await run(
    'export',
    'add',
    project('dashboards', '.env', ''),
    '--connection',
    'jira-onprem',
    '--preset',
    'jira-cli',
  );

  await useGateway(app, await run('gateway', 'add', 'acme', '--name', 'triage bot', '--json'));
  for (const name of ['acme', 'acme-sandbox', 'acme']) await run('refresh', name);
  await run('test', 'acme');
  // Its account ends the sign-in, so that one of them needs somebody.
  await app.sandbox('revoke-account', { account: 'ben' });
  await app.cli(['refresh', 'beta']);
}

async function connectBitbucket(app: RunningApp): Promise<void> {
  const way = WAYS_IN.find(
    ({ provider, grant }) => provider === 'bitbucket' && grant === 'authorization-code',
  );
  if (way === undefined) throw new Error('The sandbox plays no Bitbucket.');
  await connectWay(app, await offeredBy(app), way, 'release-bot');
}

/** A self-hosted product, connected with a pasted token. */
async function connectServer(app: RunningApp): Promise<void> {
  const { dataCenter } = (await app.sandbox('credentials')) as {
    dataCenter: { provider: string; url: string; username: string; password: string }[];
  };
  const server = dataCenter.find(({ provider }) => provider === 'jira-data-center');
  if (server === undefined) throw new Error('The sandbox plays no Jira Data Center.');
  const { code, stderr } = await app.cli(
    [
      ...['connect', 'jira-data-center', '--method', 'basic', '--name', 'jira-onprem'],
      ...['--url', server.url, '--email', server.username],
    ],
    { input: server.password },
  );
  if (code !== 0) throw new Error(`The server was not connected: ${stderr}`);
}

/** A tool that asks through the gateway, so that its key has been used. */
async function useGateway(app: RunningApp, added: string): Promise<void> {
  const { key } = JSON.parse(added) as { key: string };
  const listed = await app.cli(['gateway', 'list', '--json']);
  const { addresses } = listed.json() as { addresses: { api: string; url: string }[] };
  const jira = addresses.find(({ api }) => api === 'jira');
  if (jira === undefined) throw new Error('The gateway has no address of Jira.');
  for (const path_ of ['myself', 'project/search', 'myself', 'search/jql'])
    await fetch(`${jira.url}/rest/api/3/${path_}`, { headers: { authorization: `Bearer ${key}` } });
}

/** What took seconds here took hours there: entries keep their order, the newest stays now. Only while the app does not run. */
export function spreadActivity(home: string): void {
  const database = new DatabaseSync(path.join(home, 'sandbox', 'tokentray.db'));
  const entries = database.prepare('SELECT id, entry FROM activity ORDER BY id DESC').all();
  const change = database.prepare("UPDATE activity SET entry = json_set(entry, '$.at', ?) WHERE id = ?");
  let at = Date.now();
  for (const [index, { id }] of entries.entries()) {
    change.run(new Date(at).toISOString(), id ?? null);
    at -= (7 + ((index * 11) % 23)) * MINUTE_MS;
  }
  database.close();
}
