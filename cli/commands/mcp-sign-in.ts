import type { Settings } from '../../contract/settings.ts';
import { PORT_RANGE } from '../../contract/vocabulary.ts';
import { defineCommand } from '../command.ts';
import { changeDoor } from '../mcp/change-door.ts';
import { done, failed } from '../outcome.ts';
import { showFault } from '../present/gateway.ts';

const ANSWERS = ['on', 'off'] as const;

export const command = defineCommand(
  {
    name: 'mcp sign-in',
    summary: 'Lets MCP clients sign in by themselves, or no longer',
    details:
      'Each client opens a browser tab, and you decide about it. While it is off, those that signed in before cannot ask anything either.',
    positionals: [{ name: 'state', description: 'on or off', choices: ANSWERS }],
    options: {
      port: {
        type: 'number',
        value: 'N',
        description: 'Listen at this port instead (default: 7981)',
        ...PORT_RANGE,
      },
      'foreign-tokens': {
        type: 'text',
        value: 'on|off',
        description:
          'Whether clients may bring tokens of accounts that are not connected here (default: off)',
        choices: ANSWERS,
      },
    },
    examples: ['tokentray mcp sign-in on', 'tokentray mcp sign-in on --port 7991'],
  },
  async (runtime, { positionals: { state }, options }) => {
    const foreign = options['foreign-tokens'];
    const change: Partial<Settings> = {
      ...(state !== undefined && { mcpSignIn: state === 'on' }),
      ...(options.port !== undefined && { mcpPort: options.port }),
      ...(foreign !== undefined && { mcpForeignTokens: foreign === 'on' }),
    };
    if (Object.keys(change).length === 0)
      return failed('usage', 'Say on or off.', 'How it is now: tokentray mcp status');
    const changed = await changeDoor(runtime, 'mcp', change, ({ mcpSignIn, mcpPort }) =>
      mcpSignIn ? mcpPort : null,
    );
    if (!changed.ok) return changed;
    const { settings, door } = changed.value;
    const { mcpSignIn: signIn, mcpPort: port, mcpForeignTokens: foreignTokens } = settings;
    if (runtime.json) runtime.document({ signIn, port, foreignTokens, ...door });
    else if (!signIn) runtime.log('MCP clients cannot sign in.');
    else if (door.fault === null) runtime.log(`MCP clients may sign in at http://127.0.0.1:${port}.`);
    showFault(runtime, door.fault);
    return done(0);
  },
);
