import { signInAtSandbox } from '../../integration/support/sandbox-sign-in.ts';
import type { AppControls } from './app.ts';
import { callSocket } from './socket-call.ts';

/** Signs in once a name, as scripts could, a few at a time. */
export async function connectMany(app: AppControls, names: readonly string[]): Promise<void> {
  const { socket } = (await app.cli(['status', '--json'])).json() as { socket: string };
  const waiting = [...names];
  const worker = async (): Promise<void> => {
    for (let name = waiting.shift(); name !== undefined; name = waiting.shift()) {
      const begun = (await callSocket(socket, 'sign-in.start', {
        provider: 'atlassian',
        name,
        open: false,
      })) as {
        id: string;
        stage: { authorizeUrl: string };
      };
      const callback = await signInAtSandbox(begun.stage.authorizeUrl, { sites: ['acme'] });
      await (await fetch(callback)).text();
      let stage = 'waiting';
      while (stage === 'waiting' || stage === 'exchanging') {
        const view = (await callSocket(socket, 'sign-in.wait', { signIn: begun.id, while: stage })) as {
          stage: { stage: string };
        };
        stage = view.stage.stage;
      }
      if (stage !== 'done') throw new Error(`the sign-in of “${name}” ended as ${stage}`);
    }
  };
  await Promise.all(Array.from({ length: 8 }, worker));
}
