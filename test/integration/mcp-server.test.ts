import { Client as ClientOne } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport as StdioOne } from '@modelcontextprotocol/sdk/client/stdio.js';
import { Client as ClientTwo } from '@modelcontextprotocol/client';
import { StdioClientTransport as StdioTwo } from '@modelcontextprotocol/client/stdio';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isolatedEnv, ROOT, startApp, type RunningApp } from '../e2e/support/app.ts';
import { connect } from './support/connect.ts';
import { signInAtSandbox } from './support/sandbox-sign-in.ts';

let app: RunningApp;
beforeAll(async () => {
  app = await startApp();
  await connect(app);
});
afterAll(() => app.stop());

const program = () => ({
  command: process.execPath,
  args: [path.join(ROOT, 'out/cli/tokentray.cjs'), 'mcp', 'serve', '--sandbox'],
  env: isolatedEnv(app.home) as Record<string, string>,
});
const me = { name: 'test', version: '1' };

interface Answer {
  isError?: boolean;
  structuredContent?: unknown;
  content: unknown;
}

/** Each SDK connects to the program, and gives how to call a tool and how to end. */
const SDKS = {
  'TypeScript SDK 1': async () => {
    const client = new ClientOne(me);
    await client.connect(new StdioOne(program()));
    return {
      call: async (name: string, args: object = {}) =>
        (await client.callTool({ name, arguments: { ...args } })) as Answer,
      close: () => client.close(),
    };
  },
  'TypeScript SDK 2': async () => {
    const client = new ClientTwo(me);
    await client.connect(new StdioTwo(program()));
    return {
      call: async (name: string, args: object = {}) =>
        (await client.callTool({ name, arguments: { ...args } })) as Answer,
      close: () => client.close(),
    };
  },
};

describe.each(Object.entries(SDKS))('tokentray mcp serve, asked by the %s', (_name, connectSdk) => {
  it('shows connections, tests one, and signs in; no answer holds a secret', async () => {
    const { call, close } = await connectSdk();
    const answers: Answer[] = [];
    const ask = async (name: string, args: object = {}): Promise<Record<string, unknown>> => {
      const answer = await call(name, args);
      answers.push(answer);
      return answer.structuredContent as Record<string, unknown>;
    };
    expect(await ask('list_connections')).toMatchObject({
      connections: expect.arrayContaining([
        expect.objectContaining({
          name: 'acme',
          state: 'connected',
          site: expect.objectContaining({ name: 'acme' }) as object,
          apis: expect.arrayContaining([expect.objectContaining({ id: 'jira' })]) as object[],
        }),
      ]) as object[],
    });
    expect(await ask('test_connection', { connection: 'acme' })).toMatchObject({ ok: true });
    expect(await ask('list_providers')).toMatchObject({
      providers: expect.arrayContaining([
        { id: 'atlassian', name: expect.any(String) as string },
      ]) as object[],
    });
    const started = await ask('start_sign_in', { reconnect: 'acme' });
    expect(started).toMatchObject({
      stage: 'waiting',
      address: expect.stringContaining('/authorize') as string,
    });
    await fetch(await signInAtSandbox(started['address'] as string, { sites: ['acme'] }));
    let { stage } = started;
    for (let turns = 0; turns < 5 && stage !== 'done'; turns += 1)
      ({ stage } = await ask('wait_for_sign_in', { signIn: started['signIn'], stage }));
    expect(stage).toBe('done');
    const token = (await app.cli(['get', 'acme'])).stdout.trim();
    expect(token.length).toBeGreaterThan(20);
    expect(JSON.stringify(answers)).not.toContain(token);
    await close();
  });

  it('says what is wrong in words that an agent can act on', async () => {
    const { call, close } = await connectSdk();
    const { isError, content } = await call('test_connection', { connection: 'nobody' });
    expect([isError, JSON.stringify(content)]).toEqual([
      true,
      expect.stringMatching(/no connection “nobody”.*not-found.*“acme”/),
    ]);
    expect((await call('start_sign_in', { token: 'x' })).isError).toBe(true);
    await close();
  });
});
