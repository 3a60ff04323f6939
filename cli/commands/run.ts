import { defineCommand } from '../command.ts';
import { PRESET_OPTION } from '../options.ts';
import { failed } from '../outcome.ts';
import { askVariables } from '../run/ask-variables.ts';
import { endLike } from '../run/child-end.ts';
import { MIN_TTL_SECONDS } from '../run/min-ttl.ts';

export const command = defineCommand(
  {
    name: 'run',
    summary: 'Runs a command with the variables of one connection, or of several',
    details:
      'Without a connection, uses the one that the current folder is bound to (tokentray use NAME --here), or else the active one. The command inherits standard input, output and error, and receives every signal. Tokentray then exits the way the command did: with its exit code, or by the signal that ended it. Exit code 127: the command was not found; 126: it cannot be run.\nWhere several connections set the same variable, it is the first one’s, and the variables of each of them are also there with its name before them, as in BETA_ATLASSIAN_ACCESS_TOKEN.\nWith --gateway or --proxy, the command gets a key that works only while it runs, and never the credential: with --gateway it is given other addresses, with --proxy it keeps its own and is led through a proxy. It could still ask the app for the credential as any program of yours could, unless it is also isolated.\nWith --mask, the command prints into pipes, so it sees no terminal. Masked are the secrets that it was given, also in Base64, in addresses and in JSON; one that it changes in another way, or prints with something in between, is not.',
    positionals: [{ name: 'connection', description: 'name or ID', completes: 'connections', many: true }],
    options: {
      preset: {
        ...PRESET_OPTION,
        description: 'Tool that the variables are for; several times: for each connection in turn',
        many: true,
      },
      'env-file': {
        type: 'text',
        value: 'FILE',
        description:
          'Also the variables of this file, as node --env-file reads it; several times: later ones replace earlier ones',
        completes: 'files',
        many: true,
      },
      'env-file-wins': {
        type: 'flag',
        description: 'Variables of --env-file replace those of the connections, not the other way round',
      },
      mask: { type: 'flag', description: 'Replace secrets in what the command prints' },
      watch: {
        type: 'flag',
        description: 'Restart the command when the variables change, as when the token is renewed',
      },
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
        only: 'linux',
        description: 'With --gateway or --proxy: no network but the connections’ APIs',
      },
      'isolated-as-root': {
        type: 'flag',
        only: 'linux',
        description: 'The same, even as root, who can get around it',
      },
    },
    rest: 'command',
    examples: [
      'tokentray run -- npm test',
      'tokentray run acme beta -- ./migrate',
      'tokentray run --env-file .env --watch -- npm run dev',
      'tokentray run acme --mask -- ./deploy --verbose',
      'tokentray run acme --gateway --read-only -- my-agent',
      'tokentray run acme --proxy --preset mcp-atlassian -- uvx mcp-atlassian',
    ],
  },
  async (runtime, { positionals: { connection }, more = [], options, rest }) => {
    const { context } = runtime;
    const { preset: presets = [], gateway = false, proxy = false, mask = false, watch = false } = options;
    const envFiles = options['env-file'] ?? [];
    const envFilesWin = options['env-file-wins'] ?? false;
    const asRoot = options['isolated-as-root'] ?? false;
    const isolated = asRoot || (options.isolated ?? false);
    const readOnly = options['read-only'] ?? false;
    const connections = connection === undefined ? [] : [connection, ...more];
    if (envFilesWin && envFiles.length === 0) return failed('usage', '--env-file-wins needs --env-file.');
    if (gateway && proxy) return failed('usage', 'Use either --gateway or --proxy.');
    if (gateway || proxy) {
      if (watch)
        return failed('usage', '--watch is not needed with --gateway or --proxy: the key stays the same.');
      if (presets.length > 1)
        return failed(
          'usage',
          'With --gateway or --proxy, the variables are for one tool: use --preset once.',
        );
      const { runThrough } = await import('../run/through.ts');
      return runThrough(runtime, {
        through: gateway ? 'gateway' : 'proxy',
        connections: connections.length === 0 ? undefined : connections,
        preset: presets[0],
        ...{ readOnly, isolated, asRoot, envFiles, envFilesWin, mask, command: rest },
      });
    }
    if (readOnly || isolated) {
      const name = isolated ? '--isolated' : '--read-only';
      return failed('usage', `${name} needs --gateway or --proxy: otherwise the command has the credential.`);
    }
    if (presets.length > 1 && presets.length !== connections.length)
      return failed('usage', 'Use --preset once, or once for each connection.');
    if (connections.length > 1 || envFiles.length > 0 || mask || watch) {
      const { runDirect } = await import('../run/direct.ts');
      return runDirect(runtime, { connections, presets, envFiles, envFilesWin, mask, watch, command: rest });
    }
    const [program = '', ...args] = rest;
    const env = await askVariables(runtime, connection, {
      preset: presets[0],
      minTtlSeconds: MIN_TTL_SECONDS,
      command: program,
    });
    if (!env.ok) return env;
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
