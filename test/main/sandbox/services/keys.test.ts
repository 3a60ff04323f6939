import { expect, test } from 'vitest';
import { basic, bearer, runSandbox } from '../running-sandbox.ts';

test.each([
  ['OAuth', '/v1/pages', 200],
  ['OAuth', '/v1/pages/kctbh9vrtdwd', 200],
  ['OAuth', '/v1/nothing', 404],
  ['Bearer', '/v1/pages', 401],
  [null, '/v1/pages', 401],
])('Statuspage: %s at %s: %i', async (scheme, path, status) => {
  const { ask, credentials } = await runSandbox();
  const { apiKey } = credentials.statuspage[0]!;
  const auth = scheme === null ? undefined : `${scheme} ${apiKey}`;
  expect((await ask(`/api.statuspage.io${path}`, { auth })).status).toBe(status);
});

test.each([
  ['GenieKey', '/v2/account', 200],
  ['GenieKey', '/v2/nothing', 404],
  ['Bearer', '/v2/account', 422],
  [null, '/v2/account', 422],
])('Opsgenie: %s at %s: %i', async (scheme, path, status) => {
  const { ask, credentials } = await runSandbox();
  const { apiKey } = credentials.opsgenie[0]!;
  const auth = scheme === null ? undefined : `${scheme} ${apiKey}`;
  expect((await ask(`/api.opsgenie.com${path}`, { auth })).status).toBe(status);
});

test('keys that were revoked', async () => {
  const { ask, credentials, sandbox } = await runSandbox();
  const [status] = credentials.statuspage;
  const [genie] = credentials.opsgenie;
  sandbox.control.endCredential(status!.apiKey, 'revoked');
  sandbox.control.endCredential(genie!.apiKey, 'revoked');
  expect((await ask('/api.statuspage.io/v1/pages', { auth: `OAuth ${status!.apiKey}` })).status).toBe(401);
  expect((await ask('/api.opsgenie.com/v2/account', { auth: `GenieKey ${genie!.apiKey}` })).status).toBe(401);
});

test('the key of one service opens no other', async () => {
  const { ask, credentials } = await runSandbox();
  const { apiKey } = credentials.statuspage[0]!;
  for (const auth of [bearer(apiKey), basic('ana', apiKey)])
    expect((await ask('/jira/rest/api/2/myself', { auth })).status).toBe(401);
});
