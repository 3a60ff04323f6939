import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { ImportCandidate } from '../../contract/import.ts';
import { SecretServiceKeychain } from '../../main/store/secret-service-keychain.ts';
import { startApp } from '../e2e/support/app.ts';
import { startKeyring, type PrivateKeyring } from './support/keyring.ts';

let data: string;
let keyring: PrivateKeyring;
beforeEach(async () => {
  data = mkdtempSync(path.join(tmpdir(), 'tokentray-import-'));
  keyring = await startKeyring();
});
afterEach(async () => {
  await keyring.stop();
  rmSync(data, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
});

/** As go-keyring and Python's keyring store one. */
async function putItem(service: string, account: string, secret: string): Promise<void> {
  const keychain = new SecretServiceKeychain(
    keyring.env,
    undefined,
    () => null,
    (username) => ({
      service,
      username,
      application: 'Python keyring library',
    }),
  );
  await keychain.read(account);
  expect(await keychain.write(account, secret)).toEqual({ kind: 'written' });
}

it('finds items that other programs keep in a real keyring, and shows none of their secrets', async () => {
  const home = path.join(data, 'home');
  mkdirSync(path.join(home, '.config', '.jira'), { recursive: true });
  writeFileSync(
    path.join(home, '.config', '.jira', '.config.yml'),
    'server: https://acme.atlassian.net\nlogin: ana@acme.example\n',
  );
  writeFileSync(
    path.join(home, '.env'),
    'ATLASSIAN_OAUTH_CLIENT_ID=app-1\nATLASSIAN_OAUTH_CLIENT_SECRET=app-secret-0123456789\n',
  );
  await putItem('jira-cli', 'ana@acme.example', 'ATATT3x-canary-of-jira-cli-1234');
  await putItem(
    'mcp-atlassian-oauth',
    'oauth-app-1',
    JSON.stringify({
      refresh_token: 'canary-refresh-0123456789',
      access_token: 'canary-access-01234567',
      expires_at: 1,
    }),
  );
  const env = { ...keyring.env, HOME: home, XDG_CONFIG_HOME: '' };
  const app = await startApp([], { home: data, keepHome: true, env });
  try {
    const answer = await app.cli(['import', '--json'], { cwd: home });
    const { candidates } = answer.json() as { candidates: ImportCandidate[] };
    expect(candidates.map(({ place, secret }) => [place, secret])).toEqual([
      ['keychain: mcp-atlassian-oauth, oauth-app-1', '…4567'],
      ['keychain: jira-cli, ana@acme.example', '…1234'],
    ]);
    expect(answer.stdout + answer.stderr).not.toMatch(/canary-(refresh|access|of)/);
  } finally {
    await app.stop();
  }
});
