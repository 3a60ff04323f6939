import { defineCommand } from '../command.ts';
import { done } from '../outcome.ts';
import { plain } from '../present/plain.ts';

export const command = defineCommand(
  {
    name: 'grants require',
    summary: 'Has programs need your approval to use a connection',
    details:
      'It holds for get, env, run and git; what you copy or export yourself is not asked about. It is a convenience, not a border: another program of yours can pass itself off as one that you allowed.',
    positionals: [
      { name: 'connection', description: 'name or ID', required: true, completes: 'connections' },
    ],
    options: { off: { type: 'flag', description: 'Ask about no program any more' } },
    examples: ['tokentray grants require acme', 'tokentray grants require acme --off'],
  },
  async ({ app, json, document, log }, { positionals: { connection }, options }) => {
    const approval = options.off ? 'none' : 'ask';
    const set = await app.call('connections.set-approval', { connection, approval });
    if (!set.ok) return set;
    const { id, name } = set.value;
    if (json) document({ id, name, approval: set.value.approval });
    log(
      approval === 'ask'
        ? `Programs that use ${plain(name)} need your approval from now on, in the window, in the tray, or here: tokentray gateway held`
        : `Programs may use ${plain(name)} without your approval.`,
    );
    return done(0);
  },
);
