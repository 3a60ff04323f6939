import type { RunningApp } from '../../e2e/support/app.ts';
import { connectBy } from './connect.ts';
import { signInAtSandbox } from './sandbox-sign-in.ts';
import type { InHand, Offered, WayIn } from './ways-in.ts';

/** Connects one way through the command line, as a script would; throws where that fails. */
export async function connectWay(app: RunningApp, offered: Offered, way: WayIn, name: string): Promise<void> {
  const hand = way.has(offered);
  const { provider, method, grant } = way;
  const args = [provider, '--method', method, '--name', name, ...optionsFrom(hand)];
  if (grant !== undefined) args.push('--grant', grant);
  if (grant === 'authorization-code') {
    const signIn = (url: string): Promise<string> => signInAtSandbox(url, { sites: ['acme'] });
    const connected = await connectBy(app, signIn, ['connect', ...args]);
    if ('error' in connected) throw new Error(connected.error.message);
    return;
  }
  if (hand.clientId !== undefined) {
    const client = ['clients', 'add', provider, '--client-id', hand.clientId, '--json'];
    await run(app, client, hand.secret);
    await run(app, ['connect', ...args, '--client', hand.clientId, '--json']);
    return;
  }
  await run(app, ['connect', ...args, '--json'], hand.secret);
}

const optionsFrom = ({ site, url, username }: InHand): string[] => [
  ...(site === undefined ? [] : ['--site', site]),
  ...(url === undefined ? [] : ['--url', url]),
  ...(username === undefined ? [] : ['--email', username]),
];

async function run(app: RunningApp, args: string[], input = ''): Promise<void> {
  const { code, stdout, stderr } = await app.cli(args, { input });
  if (code !== 0) throw new Error(`${args.slice(0, 2).join(' ')} ended with ${code}: ${stdout}${stderr}`);
}
