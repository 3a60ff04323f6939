import path from 'node:path';
import { startCommand } from '../app/not-running.ts';
import { distrust } from '../app/place.ts';
import { coreEnvironment, oldNode } from '../app/start.ts';
import { defineCommand } from '../command.ts';
import { failed } from '../outcome.ts';
import { endLike } from '../run/child-end.ts';

export const command = defineCommand(
  {
    name: 'serve',
    summary: 'Runs the app in this terminal, and prints the link to its page',
    details:
      'With --sandbox, it runs against a built-in stand-in for Atlassian and uses a separate data folder.',
    positionals: [],
    options: {
      'sandbox-ttl': {
        type: 'number',
        value: 'SECONDS',
        description: 'Lifetime of the sandbox’s access tokens',
        min: 1,
        max: 86_400,
      },
      'sandbox-unregistered': {
        type: 'flag',
        description: 'The sandbox has no OAuth client yet: register one in its console, as at Atlassian',
      },
      port: { type: 'number', value: 'PORT', description: 'Port for the page', min: 0, max: 65_535 },
      'no-open': { type: 'flag', description: 'Do not open the browser' },
      'key-source': {
        type: 'text',
        value: 'SOURCE',
        description:
          'Where the key is kept instead of in the keychain: file:/PATH, systemd-credential:NAME or "command:PROGRAM ARGUMENTS"',
      },
      'session-only': { type: 'flag', description: 'Keep secrets in memory only, until the app ends' },
    },
    examples: ['tokentray serve', 'tokentray serve --sandbox --no-open --json'],
    only: 'page',
    startsApp: 'never',
  },
  async (runtime, { options }) => {
    const { app, context, json, sandbox } = runtime;
    const { host, program, args, file } = context.serve;
    if (host === 'electron') {
      return failed(
        'unsupported',
        'This Tokentray is the desktop app, which serves no page.',
        `Open it: ${startCommand(host, sandbox ? 'sandbox' : 'own')}`,
      );
    }
    if (!context.exists(file)) {
      return failed('failed', `The app’s program is missing: ${file}`, 'Build it: npm run build');
    }
    const tooOld = oldNode(context);
    if (tooOld !== null) return tooOld;
    const distrusted = distrust(context, app.place);
    if (distrusted !== null) return distrusted;
    const end = await context.runChild({
      command: program,
      args: [
        ...args,
        ...(sandbox ? ['--sandbox'] : []),
        ...(options['sandbox-ttl'] === undefined ? [] : ['--sandbox-ttl', String(options['sandbox-ttl'])]),
        ...(options['sandbox-unregistered'] ? ['--sandbox-unregistered'] : []),
        ...(options.port === undefined ? [] : ['--port', String(options.port)]),
        ...(options['no-open'] ? ['--no-open'] : []),
        ...(options['key-source'] === undefined ? [] : [`--key-source=${options['key-source']}`]),
        ...(options['session-only'] ? ['--session-only'] : []),
        ...(json ? ['--json'] : []),
      ],
      env: coreEnvironment(context),
      // A folder that exists; the current one may have been deleted.
      cwd: path.dirname(file),
    });
    return end.kind === 'not-started'
      ? failed('failed', `Could not start ${program} (${end.code}).`)
      : endLike(runtime, end, program);
  },
);
