import { defineCommand } from '../command.ts';
import { done } from '../outcome.ts';
import { METHOD_WORDS } from '../../contract/method-words.ts';
import { EXIT_CODES } from '../../contract/vocabulary.ts';
import type { Runtime } from '../runtime.ts';
import { connectionBadge } from '../present/badge.ts';
import { showHere } from '../present/folder.ts';
import { plain } from '../present/plain.ts';
import { showStatus } from '../present/status.ts';

export const command = defineCommand(
  {
    name: 'status',
    summary: 'Shows whether the app is running, where, and what ends soon',
    positionals: [],
    options: {},
    examples: ['tokentray status', 'tokentray status --json'],
    startsApp: 'never',
  },
  async (runtime) => {
    const status = await runtime.app.call('status', {});
    if (status.ok) {
      showStatus(runtime, status.value);
      if (!runtime.json) await showEnding(runtime);
      await showHere(runtime);
      return done(0);
    }
    if (status.error.code !== 'not-reachable' || !runtime.json) return status;
    const { home, socket } = runtime.app.place;
    runtime.document({ running: false, home, socket });
    return done(EXIT_CODES['not-reachable']);
  },
);

/** What only a person can do: replace tokens that end within a week, and follow notices. */
async function showEnding({ app, context, log, err, withCommands }: Runtime): Promise<void> {
  const listed = await app.call('connections.list', {});
  for (const { name, method, status, notice } of listed.ok ? listed.value.connections : []) {
    if (notice) log(`▲ ${plain(name)}: ${plain(notice.message)} ${plain(withCommands(notice.hint))}`);
    if (status.state !== 'expiring') continue;
    log(`${connectionBadge(status, context.clock.now(), err)}: ${plain(name)}, ${METHOD_WORDS[method]}`);
  }
}
