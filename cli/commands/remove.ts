import { defineCommand } from '../command.ts';
import { done, failed } from '../outcome.ts';
import { plain } from '../present/plain.ts';
import { removeOne } from '../removal/remove-one.ts';
import { confirmRemoval } from '../removal/confirm-removal.ts';
import { findMeant } from '../removal/find-meant.ts';

export const command = defineCommand(
  {
    name: 'remove',
    summary: 'Removes connections and their tokens',
    details:
      'Asks first in a terminal, and says what stops working. Without a terminal, it needs --yes for a connection that something uses: env files, bound folders, git, keys, MCP clients, rules, hooks or approved programs. For 30 seconds, “tokentray undo” takes it back, except with --revoke.',
    positionals: [
      { name: 'connection', description: 'name or ID', required: true, completes: 'connections', many: true },
    ],
    options: {
      revoke: { type: 'flag', description: 'Also ask the provider to revoke the grant of a sign-in' },
      yes: { type: 'flag', description: 'Do not ask' },
    },
    examples: ['tokentray remove acme', 'tokentray remove acme beta', 'tokentray remove acme --revoke --yes'],
  },
  async (runtime, { positionals: { connection }, options: { revoke = false, yes = false }, more = [] }) => {
    const found = await findMeant(runtime, [connection, ...more]);
    if (!found.ok) return found;
    const { meant, all } = found.value;
    if (!yes) {
      const agreed = await confirmRemoval(runtime, meant, all, revoke);
      if (!agreed.ok) return agreed;
      if (!agreed.value) return failed('cancelled', 'Nothing was removed.');
    }
    for (const [index, one] of meant.entries()) {
      const removed = await removeOne(runtime, one, all, revoke);
      if (removed.ok) continue;
      const left = meant.slice(index).map(({ name }) => `“${plain(name)}”`);
      if (meant.length > 1) runtime.log(`Not removed: ${left.join(', ')}`);
      return removed;
    }
    return done(0);
  },
);
