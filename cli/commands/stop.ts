import { isAbsent } from '../app/app.ts';
import { defineCommand } from '../command.ts';
import { done, failed } from '../outcome.ts';

const END_LIMIT_MS = 10_000;
const PAUSE_MS = 20;

export const command = defineCommand(
  {
    name: 'stop',
    summary: 'Ends the running app',
    details: 'It is fine if none runs. Commands that need the app start it again.',
    positionals: [],
    options: {},
    examples: ['tokentray stop'],
    startsApp: false,
  },
  async ({ app, context, json, document, say }) => {
    const refused = await app.knock();
    if (refused !== null && isAbsent(refused) && !(await app.runsWithoutSocket())) {
      if (json) document({ stopped: false });
      say('No app was running.');
      return done(0);
    }
    const stopped = await app.call('app.stop', {});
    if (!stopped.ok) return stopped;
    // Gone before we say so: what starts next must not meet the old one.
    const deadline = context.clock.now() + END_LIMIT_MS;
    while ((await app.knock()) === null) {
      if (context.clock.now() >= deadline) {
        return failed('timed-out', 'The app is still ending.', 'Look again: tokentray status');
      }
      await context.clock.sleep(PAUSE_MS);
    }
    if (json) document({ stopped: true });
    say('Stopped.');
    return done(0);
  },
);
