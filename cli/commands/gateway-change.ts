import { defineCommand } from '../command.ts';
import { LIMIT_OPTIONS, limitsOf } from '../gateway/limit-options.ts';
import { readRules, RULE_OPTIONS } from '../gateway/rule-options.ts';
import { warnAboutRules } from '../gateway/warn.ts';
import { done, failed } from '../outcome.ts';
import { showRules } from '../present/gateway.ts';

export const command = defineCommand(
  {
    name: 'gateway change',
    summary: 'Changes what a key may do; its next request goes by it',
    details: 'Rules and limits that are given replace all earlier ones.',
    positionals: [
      { name: 'key', description: 'name or ID', required: true, completes: 'consumers' },
      {
        name: 'connection',
        description: 'open these connections only',
        completes: 'connections',
        many: true,
      },
    ],
    options: {
      name: { type: 'text', value: 'NAME', description: 'Another name' },
      'all-connections': { type: 'flag', description: 'Open all connections, also later ones' },
      ...RULE_OPTIONS,
      ...LIMIT_OPTIONS,
      'no-limits': { type: 'flag', description: 'Remove the limits' },
      expires: {
        type: 'text',
        value: 'DATE',
        description: 'Last day or time, such as 2027-03-31; never removes it',
      },
    },
    examples: [
      'tokentray gateway change my-agent --read-only',
      'tokentray gateway change my-agent acme beta',
      'tokentray gateway change my-agent --expires 2027-03-31',
    ],
  },
  async (runtime, { positionals: { key, connection }, more = [], options }) => {
    const rules = readRules(runtime.context, options);
    if (!rules.ok) return rules;
    const all = options['all-connections'] ?? false;
    if (all && connection !== undefined)
      return failed('usage', 'Name connections, or give --all-connections.');
    const limits = options['no-limits'] ? {} : limitsOf(options);
    const connections = all ? null : connection === undefined ? undefined : [connection, ...more];
    if (
      rules.value === null &&
      limits === undefined &&
      connections === undefined &&
      options.name === undefined &&
      options.expires === undefined
    )
      return failed('usage', 'There is nothing to change.', 'See: tokentray gateway change --help');
    const changed = await runtime.app.call('gateway.change', {
      ...{ consumer: key, name: options.name, connections, limits },
      rules: rules.value ?? undefined,
      expires: options.expires === 'never' ? null : options.expires,
    });
    if (!changed.ok) return changed;
    if (runtime.json) runtime.document(changed.value);
    else showRules(runtime, changed.value.rules);
    if (rules.value !== null) await warnAboutRules(runtime, rules.value);
    return done(0);
  },
);
