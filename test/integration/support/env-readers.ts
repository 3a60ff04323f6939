import { execFile } from 'node:child_process';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import http from 'node:http';
import path from 'node:path';
import process from 'node:process';
import { promisify } from 'node:util';
import dotenvPackage from 'dotenv';
import { load as loadYaml } from 'js-yaml';
import { parse as parseToml } from 'smol-toml';
import {
  cmdRules,
  composeRules,
  dockerRules,
  githubRules,
  powershellRules,
  type Values,
} from './env-rules.ts';

/** Gives what a program reads from a file, by name. */
export type Reader = (file: string) => Promise<Values>;
export type Readers = Readonly<Record<string, Reader>>;

const run = promisify(execFile);
const environment = { PATH: '/usr/bin:/bin:/usr/local/bin', LANG: 'C.UTF-8', LC_ALL: 'C.UTF-8' };
const options = { env: environment, maxBuffer: 1 << 28, timeout: 120_000 };

const parseEnv = (output: string): Values =>
  Object.fromEntries(
    output
      .split('\0')
      .filter((line) => line !== '')
      .map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]),
  );

/** A shell and its arguments, the last of which is a script that is given the file as its first argument. */
const shell =
  (program: string, ...args: string[]): Reader =>
  async (file) =>
    parseEnv((await run(program, [...args, ...(program === 'fish' ? [] : [program]), file], options)).stdout);

const SOURCE_ALL = 'set -a; . "$1"; exec env -0';
const SOURCE = '. "$1"; exec env -0';
const EVAL = 'eval "$(cat "$1")"; exec env -0';

const python =
  (expression: string): Reader =>
  async (file) => {
    const script = `import sys, json, os\n${expression}\njson.dump(values, sys.stdout)`;
    return JSON.parse((await run('/usr/bin/python3', ['-c', script, file], options)).stdout) as Values;
  };

const textOf =
  (read: (text: string) => unknown): Reader =>
  async (file) =>
    read(await readFile(file, 'utf8')) as Values;

export const DOTENV_READERS: Readers = {
  'dotenv (npm)': async (file) => dotenvPackage.parse(await readFile(file)),
  'dotenv (npm), its fast parser': async (file) => dotenvPackage.parse(await readFile(file), { fast: true }),
  'node --env-file': async (file) =>
    JSON.parse(
      (
        await run(
          process.execPath,
          [`--env-file=${file}`, '-e', 'process.stdout.write(JSON.stringify(process.env))'],
          options,
        )
      ).stdout,
    ) as Values,
  'python-dotenv, values': python(
    'from dotenv import dotenv_values\nvalues = dict(dotenv_values(sys.argv[1]))',
  ),
  'python-dotenv, environment': python(
    'from dotenv import load_dotenv\nload_dotenv(sys.argv[1])\nvalues = dict(os.environ)',
  ),
  'bash, set -a': shell('bash', '-c', SOURCE_ALL),
  'dash, set -a': shell('dash', '-c', SOURCE_ALL),
};

export const BASH_READERS: Readers = {
  'bash, source': shell('bash', '-c', SOURCE),
  'bash, eval': shell('bash', '-c', EVAL),
  'dash, source': shell('dash', '-c', SOURCE),
  'zsh, source': shell('zsh', '-f', '-c', SOURCE),
};

export const FISH_READERS: Readers = {
  'fish, source': shell('fish', '--no-config', '-c', 'source $argv[1]; exec env -0'),
};

export const BARE_READERS: Readers = {
  'env $(cat)': shell('bash', '-c', 'exec env $(cat "$1") env -0'),
  'env $(cat), dash': shell('dash', '-c', 'exec env $(cat "$1") env -0'),
  'export $(xargs)': shell('bash', '-c', 'export $(xargs < "$1"); exec env -0'),
  'export $(grep | xargs)': shell('dash', '-c', `export $(grep -v '^#' "$1" | xargs); exec env -0`),
};

export const DIRENV_READERS: Readers = {
  direnv: async (file) =>
    JSON.parse((await run('direnv', ['dotenv', 'json', file], options)).stdout) as Values,
};

const UNESCAPED: Values = { n: '\n', t: '\t' };

/**
 * The generator for environment.d reads a file with the code that reads `EnvironmentFile=`, then replaces variables,
 * which `$$` escapes, and prints assignments with escapes of its own.
 */
export const systemdReader: Reader = async (file) => {
  const home = `${file}.home`;
  const folder = path.join(home, 'environment.d');
  await mkdir(folder, { recursive: true });
  await writeFile(
    path.join(folder, 'a.conf'),
    (await readFile(file, 'latin1')).replaceAll('$', '$$$$'),
    'latin1',
  );
  const env = { ...environment, HOME: home, XDG_CONFIG_HOME: home };
  const generator = '/usr/lib/systemd/user-environment-generators/30-systemd-environment-d-generator';
  const { stdout, stderr } = await run(generator, [], { ...options, env });
  // It leaves out a variable without a value, which `EnvironmentFile=` sets to nothing.
  const empty = [...stderr.matchAll(/invalid syntax \(around "(\w+)"\), ignoring/g)];
  const values: Values = Object.fromEntries(empty.map(([, name = '']) => [name, '']));
  for (const line of stdout.split('\n').slice(0, -1)) {
    const equals = line.indexOf('=');
    const value = line.slice(equals + 1);
    values[line.slice(0, equals)] = value.startsWith('"')
      ? value.slice(1, -1).replace(/\\(.)/g, (_, letter: string) => UNESCAPED[letter] ?? letter)
      : value;
  }
  return values;
};

/** The real command line, whose daemon is played: what it asks it to create a container with. */
export const dockerReader: Reader = async (file) => {
  const created: Values[] = [];
  const socket = `${file}.sock`;
  const daemon = http.createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      response.setHeader('api-version', '1.45');
      response.setHeader('content-type', 'application/json');
      if (request.url?.includes('/containers/create') === true) {
        const { Env } = JSON.parse(Buffer.concat(chunks).toString()) as { Env: string[] };
        created.push(parseEnv(Env.join('\0')));
        response.statusCode = 201;
        response.end(JSON.stringify({ Id: 'c', Warnings: [] }));
      } else response.end('OK');
    });
  });
  await new Promise<void>((resolve) => daemon.listen(socket, resolve));
  try {
    await run('docker', ['create', '--env-file', file, 'image'], {
      ...options,
      env: { ...environment, DOCKER_HOST: `unix://${socket}` },
    });
  } finally {
    await new Promise((resolve) => {
      daemon.close(resolve);
      daemon.closeAllConnections();
    });
  }
  const [values] = created;
  if (values === undefined) throw new Error('docker created nothing');
  return values;
};

export const DOCKER_RULES: Readers = { 'docker --env-file, by its rules': textOf(dockerRules) };

/** The real one, asked what it would start a container with; it writes a `$` as two. */
export const composeReader =
  (program: string): Reader =>
  async (file) => {
    const project = `${file}.yaml`;
    await writeFile(project, JSON.stringify({ services: { a: { image: 'a', env_file: [file] } } }));
    const { stdout } = await run(program, ['-f', project, 'config', '--format', 'json'], options);
    const { services } = JSON.parse(stdout) as { services: { a: { environment: Values } } };
    return Object.fromEntries(
      Object.entries(services.a.environment).map(([name, value]) => [name, value.replaceAll('$$', '$')]),
    );
  };

export const COMPOSE_RULES: Readers = { 'docker compose, by its rules': textOf(composeRules) };

export const POWERSHELL_RULES: Readers = { 'PowerShell, by its rules': textOf(powershellRules) };

export const CMD_RULES: Readers = {
  'cmd.exe, by its rules': async (file) => cmdRules(await readFile(file)),
};

export const GITHUB_RULES: Readers = {
  'runner on Linux, by its rules': textOf((text) => githubRules(text, false)),
  'runner on Windows, by its rules': textOf((text) => githubRules(text, true)),
};

export const JSON_READERS: Readers = {
  node: textOf((text) => JSON.parse(text)),
  python: python('values = json.load(open(sys.argv[1], encoding="utf-8"))'),
};

export const YAML_READERS: Readers = {
  'js-yaml (YAML 1.2)': textOf((text) => loadYaml(text)),
  'PyYAML (YAML 1.1)': python('import yaml\nvalues = yaml.safe_load(open(sys.argv[1], encoding="utf-8"))'),
};

export const TOML_READERS: Readers = {
  'smol-toml': textOf((text) => parseToml(text)),
  tomllib: python('import tomllib\nvalues = tomllib.load(open(sys.argv[1], "rb"))'),
};

const ini = (parser: string): Reader =>
  python(
    [
      'import configparser',
      `parser = configparser.${parser}`,
      'parser.read_string(open(sys.argv[1], encoding="utf-8").read())',
      'values = {name.upper(): parser["tokentray"][name] for name in parser["tokentray"]}',
    ].join('\n'),
  );

export const INI_READERS: Readers = {
  configparser: ini('ConfigParser()'),
  'configparser, no interpolation': ini('RawConfigParser(inline_comment_prefixes=("#", ";"))'),
  'configparser, extended interpolation': ini(
    'ConfigParser(interpolation=configparser.ExtendedInterpolation())',
  ),
};

/** Prints name and value of each property, as UTF-16 in hexadecimal digits. */
const PROPERTIES_PROGRAM = `import java.io.*; import java.nio.charset.StandardCharsets; import java.util.*;
class Read {
  static String hex(String text) { return HexFormat.of().formatHex(text.getBytes(StandardCharsets.UTF_16BE)); }
  public static void main(String[] args) throws Exception {
    Properties latin = new Properties(), utf8 = new Properties();
    try (InputStream in = new FileInputStream(args[0])) { latin.load(in); }
    try (Reader in = new FileReader(args[0], StandardCharsets.UTF_8)) { utf8.load(in); }
    if (!latin.equals(utf8)) throw new Exception("the character set matters");
    StringBuilder out = new StringBuilder();
    for (String name : latin.stringPropertyNames()) out.append(hex(name)).append('=').append(hex(latin.getProperty(name))).append('\\n');
    System.out.print(out);
  }
}
`;

const fromHex = (digits: string): string => Buffer.from(digits, 'hex').swap16().toString('utf16le');

export const PROPERTIES_READERS: Readers = {
  'java.util.Properties': async (file) => {
    const program = path.join(path.dirname(file), 'Read.java');
    await writeFile(program, PROPERTIES_PROGRAM);
    const { stdout } = await run('java', ['-XX:TieredStopAtLevel=1', program, file], options);
    return Object.fromEntries(
      stdout
        .split('\n')
        .slice(0, -1)
        .map((line) => line.split('=').map(fromHex) as [string, string]),
    );
  },
};

/** What a server is sent for each host, in the order in which they are asked. */
async function asked(hosts: readonly string[], file: string): Promise<Values> {
  const values: Values = {};
  const server = http.createServer((request, response) => {
    const [, basic = ''] = /^Basic (.*)$/.exec(request.headers.authorization ?? '') ?? [];
    values[request.headers.host ?? ''] = Buffer.from(basic, 'base64').toString();
    response.end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  try {
    const address = server.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    const urls = hosts.map((host) => `http://${host}/`);
    const to = ['--connect-to', `::127.0.0.1:${String(port)}`];
    await run('curl', ['-s', '--noproxy', '*', '--netrc-file', file, ...to, ...urls], options);
  } finally {
    await new Promise((resolve) => {
      server.close(resolve);
      server.closeAllConnections();
    });
  }
  return values;
}

/** `user:secret` by host. curl reads the file again for every host, so it is asked for some of them. */
export const netrcReaders = (hosts: readonly string[]): Readers => ({
  'python, netrc': python(
    'import netrc\nvalues = {host: found[0] + ":" + found[2] for host, found in netrc.netrc(sys.argv[1]).hosts.items()}',
  ),
  'curl --netrc-file': (file) => asked(hosts, file),
});
