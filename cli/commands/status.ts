import { defineCommand } from '../command.ts';
import { done } from '../outcome.ts';
import { METHOD_WORDS } from '../../contract/method-words.ts';
import { isNotWritten } from '../../contract/problems.ts';
import { needsPerson } from '../../contract/remedy.ts';
import { EXIT_CODES } from '../../contract/vocabulary.ts';
import type { Runtime } from '../runtime.ts';
import { connectionBadge } from '../present/badge.ts';
import { showHere } from '../present/folder.ts';
import { plain } from '../present/plain.ts';
import { showStatus, type Daily } from '../present/status.ts';

export const command = defineCommand(
  {
    name: 'status',
    summary: 'Shows whether it runs, what needs you, and until when tokens work',
    positionals: [],
    options: {},
    examples: ['tokentray status', 'tokentray status --json'],
    startsApp: 'never',
  },
  async (runtime) => {
    const status = await runtime.app.call('status', {});
    if (status.ok) {
      const daily = runtime.json ? null : await readDaily(runtime);
      showStatus(runtime, status.value, daily);
      if (daily !== null) showEnding(runtime, daily);
      await showHere(runtime);
      return done(0);
    }
    if (status.error.code !== 'not-reachable' || !runtime.json) return status;
    const { home, socket } = runtime.app.place;
    runtime.document({ running: false, home, socket });
    return done(EXIT_CODES['not-reachable']);
  },
);

/** Null where the app does not say. */
async function readDaily({ app }: Runtime): Promise<Daily | null> {
  const connections = await app.call('connections.list', {});
  const exports = connections.ok ? await app.call('exports.list', {}) : connections;
  return connections.ok && exports.ok
    ? { connections: connections.value.connections, exports: exports.value.exports }
    : null;
}

/** What only a person can do: replace tokens that end within a week, write files, and follow notices. */
function showEnding({ context, log, err, withCommands }: Runtime, { connections, exports }: Daily): void {
  for (const { name, method, status, notice } of connections) {
    if (notice) log(`▲ ${plain(name)}: ${plain(notice.message)} ${plain(withCommands(notice.hint))}`);
    if (!needsPerson(status)) continue;
    log(`${connectionBadge(status, context.clock.now(), err)}: ${plain(name)}, ${METHOD_WORDS[method]}`);
  }
  const failed = exports.filter(isNotWritten);
  for (const { file } of failed) log(`${err.bad('▲')} Not written: ${plain(file)}`);
  if (failed.length > 0 || connections.some(({ status }) => needsPerson(status)))
    log('What to do about it: tokentray doctor');
}
