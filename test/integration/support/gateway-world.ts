import type { Rules } from '../../../contract/gateway.ts';
import { startApp, type RunningApp } from '../../e2e/support/app.ts';
import { callSocket } from '../../e2e/support/socket-call.ts';
import { connectWay } from './connect-way.ts';
import { freePort } from './free-port.ts';
import { offeredBy, WAYS_IN, type Offered } from './ways-in.ts';

/** The app with its sandbox, and connections that keys open through its gateway. */
export interface GatewayWorld {
  app: RunningApp;
  offered: Offered;
  /** Of the gateway, without a slash at its end. */
  url: string;
  port: number;
  /** Connects a way in by its title. */
  connect: (title: string, name: string) => Promise<void>;
  /** A new key; everything is allowed unless rules say otherwise. */
  key: (rules?: Rules) => Promise<string>;
  /** A call over the app's socket; throws when it fails. */
  call: (name: string, input: object) => Promise<unknown>;
  /** Everything that the sandbox accepts and no tool may see. */
  secrets: () => string[];
  stop: () => Promise<void>;
}

export const EVERYTHING: Rules = [{ then: 'allow' }];

export async function startGatewayWorld(): Promise<GatewayWorld> {
  const app = await startApp();
  const offered = await offeredBy(app);
  const port = await freePort();
  const call = async (name: string, input: object): Promise<unknown> => {
    const answer = (await callSocket(app.socket, name, input)) as { error?: { message: string } };
    if (answer.error !== undefined) throw new Error(`${name}: ${answer.error.message}`);
    return answer;
  };
  await call('settings.set', { gatewayPort: port });
  let keys = 0;
  const world: GatewayWorld = {
    app,
    offered,
    url: `http://127.0.0.1:${port}`,
    port,
    connect: async (title, name) => {
      const way = WAYS_IN.find((each) => each.title === title);
      if (way === undefined) throw new Error(`there is no way in “${title}”`);
      await connectWay(app, offered, way, name);
    },
    key: async (rules = EVERYTHING) => {
      const { key } = (await call('gateway.add', { name: `key ${++keys}`, rules })) as { key: string };
      for (;;) {
        const { gateway } = (await call('gateway.view', {})) as { gateway: { url: string | null } };
        if (gateway.url !== null) return key;
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
    },
    call,
    secrets: () => [
      ...[...offered.apiTokens, ...offered.bitbucket, ...offered.bitbucketAccessTokens].map(
        ({ token }) => token,
      ),
      ...offered.dataCenter.flatMap(({ personalAccessToken, password }) => [personalAccessToken, password]),
    ],
    stop: () => app.stop(),
  };
  return world;
}
