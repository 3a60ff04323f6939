import { defineCommand } from '../command.ts';
import { done } from '../outcome.ts';
import { showAddresses, showConsumers } from '../present/gateway.ts';
import { connectionNames } from '../gateway/connection-names.ts';

export const command = defineCommand(
  {
    name: 'gateway list',
    summary: 'Lists keys of the gateway, and its addresses',
    positionals: [],
    options: {},
    examples: ['tokentray gateway list'],
  },
  async (runtime) => {
    const { app, json, document, log } = runtime;
    const view = await app.call('gateway.view', {});
    if (!view.ok) return view;
    const { gateway, addresses } = view.value;
    const consumers = view.value.consumers.filter(({ kind }) => kind !== 'remote');
    if (json) {
      document({ gateway, consumers, addresses });
      return done(0);
    }
    const names = await connectionNames(app);
    if (!names.ok) return names;
    if (consumers.length > 0) showConsumers(runtime, consumers, names.value);
    else
      log(
        'Nobody may use the gateway. Create a key: tokentray gateway add CONNECTION --name my-script --read-only',
      );
    if (consumers.length > 0 && addresses.length > 0) runtime.print('');
    showAddresses(runtime, addresses, gateway, names.value);
    return done(0);
  },
);
