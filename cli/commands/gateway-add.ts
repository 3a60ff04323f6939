import type { Rules } from '../../contract/gateway.ts';
import { defineCommand } from '../command.ts';
import { connectionNames } from '../gateway/connection-names.ts';
import { LIMIT_OPTIONS, limitsOf } from '../gateway/limit-options.ts';
import { readRules, RULE_OPTIONS } from '../gateway/rule-options.ts';
import { warnAboutRules } from '../gateway/warn.ts';
import { done, failed } from '../outcome.ts';
import { addressesOf, showAddresses } from '../present/gateway.ts';

/** The caution that the window starts with, too. */
const READ_ONLY: Rules = [{ then: 'allow', operations: ['read'] }];
const EVERYTHING: Rules = [{ then: 'allow' }];

export const command = defineCommand(
  {
    name: 'gateway add',
    summary: 'Creates a key with which a tool uses connections',
    details:
      'Prints the key, which is not shown again, to standard output, and the addresses to standard error. The key is sent as a Bearer token, as a password, or in the header X-Tokentray-Key. Without connections, the key opens all of them, also later ones. Without options about rules, it only reads.',
    positionals: [{ name: 'connection', description: 'names or IDs', completes: 'connections', many: true }],
    options: {
      name: { type: 'text', value: 'NAME', description: 'What the key is for' },
      everything: { type: 'flag', description: 'All that the rules of the connections themselves allow' },
      ...RULE_OPTIONS,
      ...LIMIT_OPTIONS,
      expires: { type: 'text', value: 'DATE', description: 'Last day or time, such as 2027-03-31' },
    },
    examples: [
      'tokentray gateway add acme --name my-agent --read-only',
      'tokentray gateway add acme --name triage --allow read,jira.comment --project ABC --per-minute 60',
    ],
  },
  async (runtime, { positionals: { connection }, more = [], options }) => {
    const { name, expires } = options;
    if (name === undefined)
      return failed(
        'usage',
        'The key needs a name: --name NAME.',
        'Name it after the tool that will use it.',
      );
    const rules = readRules(runtime.context, options);
    if (!rules.ok) return rules;
    if (options.everything && rules.value !== null)
      return failed(
        'usage',
        '--everything contradicts the other options about rules.',
        'Leave one of them out.',
      );
    const allowed = rules.value ?? (options.everything ? EVERYTHING : READ_ONLY);
    const added = await runtime.app.call('gateway.add', {
      name,
      connections: connection === undefined ? undefined : [connection, ...more],
      rules: allowed,
      limits: limitsOf(options),
      expires,
    });
    if (!added.ok) return added;
    const { consumer, key } = added.value;
    // The key first: it is not shown again, whatever goes wrong from here on.
    if (!runtime.json) runtime.print(key);
    const view = await runtime.app.call('gateway.view', {});
    const addresses = view.ok ? addressesOf(consumer, view.value.addresses) : [];
    if (runtime.json) runtime.document({ consumer, key, addresses });
    else if (view.ok) {
      const names = await connectionNames(runtime.app);
      showAddresses(runtime, addresses, view.value.gateway, names.ok ? names.value : new Map(), runtime.log);
      if (addresses.length === 0)
        runtime.log('There is no address yet. The key opens what you connect: tokentray connect atlassian');
    }
    await warnAboutRules(runtime, allowed);
    return done(0);
  },
);
