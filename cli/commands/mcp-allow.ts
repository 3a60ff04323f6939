import type { Rules } from '../../contract/gateway.ts';
import { defineCommand } from '../command.ts';
import { done, failed } from '../outcome.ts';

const CHOICES = ['read-only', 'ask', 'everything'] as const;
type Choice = (typeof CHOICES)[number];

/** As the window offers them. */
const RULES: Readonly<Record<Choice, Rules>> = {
  'read-only': [{ then: 'allow', operations: ['read'] }],
  ask: [
    { then: 'allow', operations: ['read'] },
    { then: 'ask', operations: ['change'] },
  ],
  everything: [{ then: 'allow' }],
};

const WORDS: Readonly<Record<Choice, string>> = {
  'read-only': 'It may read.',
  ask: 'It may read; you are asked before each change.',
  everything: 'It may do everything that your connection may.',
};

export const command = defineCommand(
  {
    name: 'mcp allow',
    summary: 'Lets an MCP client in that waits for your consent',
    details:
      'Without an option it may only read. Its browser tab goes on by itself. Change its rules later with "gateway change", remove it with "gateway remove".',
    positionals: [
      { name: 'id', description: 'as "mcp consents" lists it', required: true, completes: 'consents' },
    ],
    options: {
      'read-only': { type: 'flag', description: 'Only what reads (the default)' },
      ask: { type: 'flag', description: 'Ask before each change' },
      everything: { type: 'flag', description: 'Everything that the connection may' },
      connection: {
        type: 'text',
        value: 'NAME',
        description: 'Where it did not say which connection: this one',
        completes: 'connections',
      },
      server: { type: 'text', value: 'SERVER', description: 'Where it did not say which server: this one' },
      name: { type: 'text', value: 'NAME', description: 'Another name for it' },
    },
    examples: [
      'tokentray mcp allow 3f2a',
      'tokentray mcp allow 3f2a --ask',
      'tokentray mcp allow 3f2a --everything --connection acme',
    ],
  },
  async ({ app, json, document, log }, { positionals: { id }, options }) => {
    const given = CHOICES.filter((choice) => options[choice] === true);
    if (given.length > 1)
      return failed('usage', 'Give one of --read-only, --ask and --everything.', 'They exclude each other.');
    const choice = given[0] ?? 'read-only';
    const { connection, server, name } = options;
    const decided = await app.call('mcp.consent', {
      ...{ id, decision: 'allow', connection, server, name },
      rules: RULES[choice],
    });
    if (!decided.ok) return decided;
    if (json) document(decided.value);
    log(`Let in. ${WORDS[choice]}`);
    return done(0);
  },
);
