import type { Context } from '../context.ts';
import { done, failed, type Outcome } from '../outcome.ts';
import { knock } from '../wire/exchange.ts';
import type { Place } from './place.ts';

/** As `main/launch.ts` has it. */
const OLDEST_NODE = 24;
const START_LIMIT_MS = 15_000;
/** Another app that starts at the same moment may have made ours end; it gets this long. */
const GRACE_MS = 5000;
const FIRST_PAUSE_MS = 10;
const LONGEST_PAUSE_MS = 100;

/** Starts the app in the background and waits until it accepts connections. */
export async function startApp(context: Context, place: Place): Promise<Outcome<void>> {
  const { host, program, args, file } = context.serve;
  if (host === 'browser' && context.nodeMajor < OLDEST_NODE) {
    return failed(
      'not-reachable',
      `The app is not running, and this Node (${context.nodeMajor}) is too old to start it.`,
      `Run tokentray with Node ${OLDEST_NODE} or newer.`,
    );
  }
  if (!context.exists(file)) {
    return failed(
      'not-reachable',
      `The app is not where it should be: ${file}`,
      host === 'electron' ? 'Install Tokentray again.' : 'Build it: npm run build',
    );
  }
  const { ended } = context.startBackground({
    command: program,
    args: [...args, host === 'electron' ? '--hidden' : '--background'],
    // A relative TOKENTRAY_HOME means our folder, not the app's.
    env: context.paths.env['TOKENTRAY_HOME']
      ? { ...context.paths.env, TOKENTRAY_HOME: place.home }
      : context.paths.env,
  });
  let deadline = context.clock.now() + START_LIMIT_MS;
  void ended.then((end) => {
    const handedOver = end.kind === 'exited' && end.code === 0;
    if (!handedOver) deadline = Math.min(deadline, context.clock.now() + GRACE_MS);
  });
  for (let pauseMs = FIRST_PAUSE_MS; ; pauseMs = Math.min(pauseMs * 1.5, LONGEST_PAUSE_MS)) {
    if ((await knock(place.socket)) === null) return done(undefined);
    if (context.clock.now() >= deadline) break;
    await context.clock.sleep(pauseMs);
  }
  return failed(
    'not-reachable',
    'The app did not start.',
    host === 'electron' ? `See why: ${program}` : 'See why: tokentray serve',
  );
}
