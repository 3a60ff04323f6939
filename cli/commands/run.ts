import { defineCommand } from '../command.ts';
import { PRESET_OPTION } from '../options.ts';
import { failed } from '../outcome.ts';
import { endLike } from '../run/child-end.ts';

/** Long enough for most commands; a token that cannot last that long is used anyway. */
const MIN_TTL_SECONDS = 300;

export const command = defineCommand(
  {
    name: 'run',
    summary: 'Runs a command with the variables of a connection',
    details:
      'The command inherits standard input, output and error, and receives every signal. Tokentray then exits the way the command did: with its exit code, or by the signal that ended it. Exit code 127: the command was not found; 126: it cannot be run.\nWith --gateway or --proxy, the command gets a key that works only while it runs, and never the credential: with --gateway it is given other addresses, with --proxy it keeps its own and is led through a proxy. It could still ask the app for the credential as any program of yours could, unless it is also isolated.',
    positionals: [{ name: 'connection', description: 'name or ID', completes: 'connections', many: true }],
    options: {
      preset: PRESET_OPTION,
      gateway: {
        type: 'flag',
        description: 'Keep the credential in the app; for tools that take an address',
      },
      proxy: {
        type: 'flag',
        description: 'Keep the credential in the app; for tools whose addresses are fixed',
      },
      'read-only': { type: 'flag', description: 'With --gateway or --proxy: only what reads' },
      isolated: {
        type: 'flag',
        description: 'With --gateway or --proxy: no network but the connections’ APIs (Linux)',
      },
      'isolated-as-root': {
        type: 'flag',
        description: 'The same, even as root, who can get around it',
      },
    },
    rest: 'command',
    examples: [
      'tokentray run -- npm test',
      'tokentray run acme --gateway --read-only -- my-agent',
      'tokentray run acme --proxy --preset mcp-atlassian -- uvx mcp-atlassian',
    ],
  },
  async (runtime, { positionals, more = [], options, rest }) => {
    const { app, context } = runtime;
    const { preset, gateway = false, proxy = false } = options;
    const asRoot = options['isolated-as-root'] ?? false;
    const isolated = asRoot || (options.isolated ?? false);
    const readOnly = options['read-only'] ?? false;
    if (gateway && proxy) return failed('usage', 'Use either --gateway or --proxy.');
    if (gateway || proxy) {
      const { runThrough } = await import('../run/through.ts');
      const { connection } = positionals;
      return runThrough(runtime, {
        through: gateway ? 'gateway' : 'proxy',
        connections: connection === undefined ? undefined : [connection, ...more],
        ...{ preset, readOnly, isolated, asRoot, command: rest },
      });
    }
    if (readOnly || isolated) {
      const name = isolated ? '--isolated' : '--read-only';
      return failed('usage', `${name} needs --gateway or --proxy: otherwise the command has the credential.`);
    }
    if (more.length > 0)
      return failed(
        'usage',
        'Several connections need --gateway or --proxy.',
        'Put the command to run after "--".',
      );
    const env = await app.call('credentials.env', {
      connection: positionals.connection,
      preset,
      minTtlSeconds: MIN_TTL_SECONDS,
    });
    if (!env.ok) return env;
    if (env.value.template === true)
      return failed(
        'unsupported',
        `The preset ${preset ?? ''} is a template for a file, so it has no variables.`,
        `Keep a file up to date with it: tokentray export add FILE --preset ${preset ?? ''}`,
      );
    const [program = '', ...args] = rest;
    const end = await context.runChild({
      command: program,
      args,
      env: {
        ...context.paths.env,
        ...Object.fromEntries(env.value.variables.map(({ name, value }) => [name, value])),
      },
    });
    return endLike(runtime, end, program);
  },
);
