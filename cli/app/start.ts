import { childEnvironment } from '../../contract/child-environment.ts';
import type { Failure } from '../../contract/errors.ts';
import type { Child, Context } from '../context.ts';
import { done, failed, type Outcome } from '../outcome.ts';
import { probe } from '../wire/exchange.ts';
import { readRefusal } from './answer.ts';
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

/** Starts the app in the background and waits until it accepts connections. */
export async function startApp(context: Context, place: Place): Promise<Outcome<void>> {
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
    args: [...args, host === 'electron' ? '--hidden' : '--background'],
    env: coreEnvironment(context),
    // Not the desktop app, which may write more later.
    ...(host === 'browser' && { captureOutput: true }),
  });
  const core: { refusal: Failure | null } = { refusal: null };
  let deadline = context.clock.now() + START_LIMIT_MS;
  void ended.then((end) => {
    const handedOver = end.kind === 'exited' && end.code === 0;
    if (!handedOver) core.refusal = startFailure(output());
    // `conflict`: another app holds the data folder, and may be about to answer.
    if (core.refusal !== null && core.refusal.code !== 'conflict') deadline = 0;
    else if (!handedOver) deadline = Math.min(deadline, context.clock.now() + GRACE_MS);
  });
  for (let pauseMs = FIRST_PAUSE_MS; ; pauseMs = Math.min(pauseMs * 1.5, LONGEST_PAUSE_MS)) {
    if ((await probe(place.socket)) === null) return done(undefined);
    if (context.clock.now() >= deadline) break;
    await context.clock.sleep(pauseMs);
  }
  if (core.refusal !== null) {
    const { message, hint } = core.refusal;
    return failed('not-reachable', `The app could not start. ${message}`, hint);
  }
  return failed(
    'not-reachable',
    'The app did not start.',
    host === 'electron' ? `To see why, run: ${program}` : 'To see why, run: tokentray serve',
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
