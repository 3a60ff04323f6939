import { defineCommand } from '../command.ts';
import { readRules, RULE_OPTIONS } from '../gateway/rule-options.ts';
import { warnAboutRules } from '../gateway/warn.ts';
import { done, failed } from '../outcome.ts';
import { showRules } from '../present/gateway.ts';

export const command = defineCommand(
  {
    name: 'gateway rules',
    summary: 'Shows or sets what may be asked of a connection',
    details:
      'They hold for every key, run and MCP client, besides its own rules; the stricter one decides. Rules that are given replace all earlier ones of the connection.',
    positionals: [
      { name: 'connection', description: 'name or ID', required: true, completes: 'connections' },
    ],
    options: { ...RULE_OPTIONS, remove: { type: 'flag', description: 'Remove the connection’s rules' } },
    examples: ['tokentray gateway rules acme', 'tokentray gateway rules acme --ask change'],
  },
  async (runtime, { positionals: { connection }, options }) => {
    const { app, json, document, log } = runtime;
    const rules = readRules(runtime.context, options);
    if (!rules.ok) return rules;
    if (options.remove && rules.value !== null) return failed('usage', 'Give rules, or --remove.');
    const listed = await app.call('connections.list', {});
    if (!listed.ok) return listed;
    const set = options.remove === true || rules.value !== null;
    const view = set
      ? await app.call('gateway.set-connection-rules', { connection, rules: rules.value })
      : await app.call('gateway.view', {});
    if (!view.ok) return view;
    const found = listed.value.connections.find(({ id, name }) => id === connection || name === connection);
    if (found === undefined && !set)
      return failed('not-found', `There is no connection “${connection}”.`, 'See: tokentray list');
    const id = found?.id ?? connection;
    const own = view.value.connectionRules.find((each) => each.connection === id);
    if (json) document({ connection: id, rules: own?.rules ?? null });
    else if (own === undefined) log('It has no rules of its own: whoever may use it may ask everything.');
    else showRules(runtime, own.rules);
    if (rules.value !== null) await warnAboutRules(runtime, rules.value);
    return done(0);
  },
);
