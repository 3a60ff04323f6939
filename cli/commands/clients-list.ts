import { defineCommand } from '../command.ts';
import { done } from '../outcome.ts';
import { showClients } from '../present/clients.ts';
import { showDamaged } from '../present/damaged.ts';

export const command = defineCommand(
  {
    name: 'clients list',
    summary: 'Lists the OAuth clients',
    positionals: [],
    options: {
      provider: { type: 'text', value: 'ID', description: 'Only of this provider', completes: 'providers' },
    },
    examples: ['tokentray clients list'],
  },
  async (runtime, { options }) => {
    const listed = await runtime.app.call('clients.list', { provider: options.provider });
    if (!listed.ok) return listed;
    const { clients, damaged } = listed.value;
    if (runtime.json) runtime.document(clients);
    else if (clients.length > 0) showClients(runtime, clients);
    else runtime.log('No OAuth clients. Add one: tokentray clients add atlassian');
    showDamaged(runtime, damaged);
    return done(0);
  },
);
