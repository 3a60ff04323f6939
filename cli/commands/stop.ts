import { isAbsent } from '../app/app.ts';
import { defineCommand } from '../command.ts';
import { done, failed } from '../outcome.ts';

const END_LIMIT_MS = 10_000;
const PAUSE_MS = 20;

export const command = defineCommand(
  {
    name: 'stop',
    summary: 'Stops the running app',
    details: 'It is fine if the app is not running. Commands that need the app start it again.',
    positionals: [],
    options: {},
    examples: ['tokentray stop'],
    startsApp: 'never',
  },
  async ({ app, context, json, document, log }) => {
    const refused = await app.probe();
    if (refused !== null && isAbsent(refused) && !(await app.runsWithoutSocket())) {
      if (json) document({ stopped: false });
      log('The app was not running.');
      return done(0);
    }
    const stopped = await app.call('app.stop', {});
    if (!stopped.ok) return stopped;
    // Wait until it is gone: whatever is started next must not find the old app.
    const deadline = context.clock.now() + END_LIMIT_MS;
    while ((await app.probe()) === null) {
      if (context.clock.now() >= deadline) {
        return failed('timed-out', 'The app is still shutting down.', 'Check again: tokentray status');
      }
      await context.clock.sleep(PAUSE_MS);
    }
    if (json) document({ stopped: true });
    log('Stopped.');
    return done(0);
  },
);
