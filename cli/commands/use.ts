import { defineCommand } from '../command.ts';
import { done } from '../outcome.ts';
import { showConnection } from '../present/connections.ts';
import { plain } from '../present/plain.ts';

export const command = defineCommand(
  {
    name: 'use',
    summary: 'Makes a connection the active one for its provider',
    positionals: [
      { name: 'connection', description: 'name or ID', required: true, completes: 'connections' },
    ],
    options: {
      site: {
        type: 'text',
        value: 'SITE',
        description: 'Also switch to this site: name, address or cloud ID',
      },
    },
    examples: ['tokentray use acme', 'tokentray use acme --site beta.atlassian.net'],
  },
  async (runtime, { positionals: { connection }, options: { site } }) => {
    if (site !== undefined) {
      // First, because it may fail: then nothing has changed.
      const moved = await runtime.app.call('connections.set-site', { connection, site });
      if (!moved.ok) return moved;
    }
    const used = await runtime.app.call('connections.use', { connection });
    if (!used.ok) return used;
    showConnection(runtime, used.value, `Active for ${plain(used.value.providerName)}:`);
    return done(0);
  },
);
