import { childEnvironment } from '../../contract/child-environment.ts';
import { ONLY_IF_USED } from '../../contract/core-process.ts';
import type { Failure } from '../../contract/errors.ts';
import type { Child, Context } from '../context.ts';
import { done, failed, type Outcome } from '../outcome.ts';
import { probe } from '../wire/exchange.ts';
import { readRefusal } from './answer.ts';
import { EXIT_CODES } from '../../contract/vocabulary.ts';
import { startCommand } from './not-running.ts';
import { homeFolder, type Place } from './place.ts';

/** The first version with a dependable `node:sqlite`; main/serve.ts checks the same. */
const OLDEST_NODE = 24;
const START_LIMIT_MS = 15_000;
/** If our process ended because another app is starting at the same moment, that one gets this long to answer. */
const GRACE_MS = 5000;
const FIRST_PAUSE_MS = 10;
const LONGEST_PAUSE_MS = 100;

/** Why this Node cannot run the core, or null. */
export const oldNode = ({ nodeMajor }: Pick<Context, 'nodeMajor'>): Outcome<never> | null =>
  nodeMajor >= OLDEST_NODE
    ? null
    : failed(
        'not-reachable',
        `The app is not running, and this Node (${nodeMajor}) is too old to start it.`,
        `Run tokentray with Node ${OLDEST_NODE} or newer.`,
      );

/**
 * Starts the app in the background and waits until it accepts connections. `onlyIfUsed`: an app without any connection or
 * OAuth client is `unused` and does not run.
 */
export async function startApp(
  context: Context,
  place: Place,
  { onlyIfUsed }: { onlyIfUsed: boolean },
): Promise<Outcome<'started' | 'unused'>> {
  const { host, program, args, file } = context.serve;
  const tooOld = host === 'browser' ? oldNode(context) : null;
  if (tooOld !== null) return tooOld;
  if (!context.exists(file)) {
    return failed(
      'not-reachable',
      `The app’s program is missing: ${file}`,
      host === 'electron' ? 'Reinstall Tokentray.' : 'Build it: npm run build',
    );
  }
  const { ended, output } = context.startBackground({
    command: program,
    args: [
      ...args,
      host === 'electron' ? '--hidden' : '--background',
      ...(place.sandbox ? ['--sandbox'] : []),
      ...(onlyIfUsed ? [ONLY_IF_USED] : []),
    ],
    env: coreEnvironment(context),
    // Not the desktop app, which may write more later.
    ...(host === 'browser' && { captureOutput: true }),
  });
  const core: { refusal: Failure | null; unused: boolean } = { refusal: null, unused: false };
  let deadline = context.clock.now() + START_LIMIT_MS;
  void ended.then((end) => {
    const handedOver = end.kind === 'exited' && end.code === 0;
    if (!handedOver) core.refusal = startFailure(output());
    // The one reason for this code: whether its socket can be trusted was checked before.
    core.unused = onlyIfUsed && end.kind === 'exited' && end.code === EXIT_CODES['not-reachable'];
    if (core.unused) deadline = 0;
    // `conflict`: another app holds the data folder, and may be about to answer.
    if (core.refusal !== null && core.refusal.code !== 'conflict') deadline = 0;
    else if (!handedOver) deadline = Math.min(deadline, context.clock.now() + GRACE_MS);
  });
  for (let pauseMs = FIRST_PAUSE_MS; ; pauseMs = Math.min(pauseMs * 1.5, LONGEST_PAUSE_MS)) {
    if ((await probe(place.socket)) === null) return done('started');
    if (context.clock.now() >= deadline) break;
    await context.clock.sleep(pauseMs);
  }
  if (core.unused) return done('unused');
  if (core.refusal !== null) {
    const { message, hint } = core.refusal;
    return failed('not-reachable', `The app could not start. ${message}`, hint);
  }
  return failed(
    'not-reachable',
    'The app did not start.',
    `To see why, run: ${host === 'electron' ? program : startCommand(host, 'own')}`,
  );
}

/**
 * The environment that the core is started with: without settings that were meant for other programs, and with an
 * absolute data folder, so that the core's own working folder, HOME and user do not matter.
 */
export const coreEnvironment = (context: Pick<Context, 'paths' | 'cwd'>): Child['env'] => ({
  ...childEnvironment(context.paths.env),
  TOKENTRAY_HOME: homeFolder(context),
});

/** The failure that a background core prints when it cannot start: its last line, as JSON. */
function startFailure(output: string): Failure | null {
  const line = output.trim().split('\n').at(-1) ?? '';
  const refusal = readRefusal({ kind: 'answer', status: 500, body: Buffer.from(line) });
  return refusal.ok || refusal.error.code === 'internal' ? null : refusal.error;
}
