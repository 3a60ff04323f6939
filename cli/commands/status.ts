import { defineCommand } from '../command.ts';
import { done } from '../outcome.ts';
import { EXIT_CODES } from '../../contract/vocabulary.ts';
import { showStatus } from '../present/status.ts';

export const command = defineCommand(
  {
    name: 'status',
    summary: 'Shows whether the app is running, and where',
    positionals: [],
    options: {},
    examples: ['tokentray status', 'tokentray status --json'],
    startsApp: 'never',
  },
  async (runtime) => {
    const status = await runtime.app.call('status', {});
    if (status.ok) {
      showStatus(runtime, status.value);
      return done(0);
    }
    if (status.error.code !== 'not-reachable' || !runtime.json) return status;
    const { home, socket } = runtime.app.place;
    runtime.document({ running: false, home, socket });
    return done(EXIT_CODES['not-reachable']);
  },
);
