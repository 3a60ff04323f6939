import { copyFileSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, connect, type Server, type Socket } from 'node:net';
import path from 'node:path';
import type { CallOutput } from '../../contract/calls.ts';
import { placeOf } from '../app/place.ts';
import type { Child, ChildEnd, Clock } from '../context.ts';
import { done, failed, type Outcome } from '../outcome.ts';
import { plain } from '../present/plain.ts';
import type { Runtime } from '../runtime.ts';
import { hiddenPlaces, isWithin, type HiddenPlaces } from './hidden-places.ts';
import { ISOLATE, TRY_OUT, type Step } from './isolate-script.ts';

type Variables = CallOutput<'gateway.begin-run'>['variables'];

/** Enough of a key of the gateway to know one. */
const KEY = /\bttk_[\w-]{20}/;

const TRY_MS = 10_000;
const POLL_MS = 20;

/** Where the gateway, or the proxy, is found in variables. */
const PORT = /^http:\/\/(?:[^@/]*@)?127\.0\.0\.1:(\d+)/;

/** Null where a command can be isolated; otherwise why not, so that it is not run at all. */
export async function whyNotIsolated(
  { context }: Runtime,
  { asRoot }: { asRoot: boolean },
): Promise<Outcome<never> | null> {
  const { platform, uid, env } = context.paths;
  if (platform !== 'linux' || uid === null)
    return failed(
      'unsupported',
      '--isolated needs the namespaces of Linux, which this system does not have.',
      'Leave it out, or run the command in a container.',
    );
  if (uid === 0 && !asRoot)
    return failed(
      'unsupported',
      'No command of root can be isolated, so it was not run: root owns the system’s own files, settings and disks, and with them everything.',
      'Run it as another user. If a command that keeps to the rules is enough: --isolated-as-root.',
    );
  const tried = context.startBackground({
    command: 'sh',
    args: ['-c', TRY_OUT, 'sh', String(uid)],
    env,
    captureOutput: true,
  });
  const end = await endOf(tried.ended, context.clock);
  if (end?.kind === 'exited' && end.code === 0) return null;
  const said = tried.output().trim().split('\n').at(-1) ?? '';
  const why = end?.kind === 'not-started' ? `sh: ${end.code}` : said;
  return failed(
    'unsupported',
    `The command cannot be isolated here, so it was not run: ${plain(why === '' ? 'namespaces cannot be used' : why)}.`,
    'It needs user namespaces, unshare (util-linux) and ip (iproute2). Leave --isolated out, or run the command in a container.',
  );
}

/** A background process does not keep this one alive, so something else has to. Null: it takes too long. */
async function endOf(ended: Promise<ChildEnd>, clock: Clock): Promise<ChildEnd | null> {
  const found: ChildEnd[] = [];
  void ended.then((end) => found.push(end));
  for (let waited = 0; found.length === 0 && waited < TRY_MS; waited += POLL_MS) await clock.sleep(POLL_MS);
  return found[0] ?? null;
}

/**
 * The child in namespaces of its own: its network is a loopback device with one port, which leads to the gateway or the
 * proxy; the data folder, files that were given credentials, sockets of other programs and the session's are not there.
 */
export async function isolate(
  runtime: Runtime,
  child: Child,
  variables: Variables,
): Promise<Outcome<{ child: Child; end: () => Promise<void> }>> {
  const { context, sandbox } = runtime;
  const port = portOf(variables);
  if (port === null) throw new Error('a run is given an address');
  const files = await filesWithCredentials(runtime);
  if (!files.ok) return files;
  const places = [placeOf(context, false), placeOf(context, sandbox), runtime.app.place];
  const words = [child.command, ...child.args];
  const hidden = hiddenPlaces(context, { places, files: files.value, words });
  const unwritable = inTwoLines(hidden);
  if (unwritable !== null)
    return failed(
      'unsupported',
      `The command cannot be isolated, so it was not run: a line break is in the name of ${plain(JSON.stringify(unwritable))}.`,
      'Give it another name.',
    );
  const cwd = context.realPath(context.cwd ?? '/') ?? '/';
  const inside = folderWithout(hidden, cwd);
  if (inside !== null)
    return failed(
      'usage',
      `The current folder is in ${inside}, which an isolated command does not see.`,
      'Change to another folder (cd).',
    );
  // Not elsewhere: the command has its own `/tmp`, and so cannot reach what is in this folder.
  const folder = mkdtempSync(path.join(context.realPath('/tmp') ?? '/tmp', 'tokentray-run-'));
  const shown = path.join(folder, 'shown');
  for (const each of [shown, path.join(folder, 'stage')]) mkdirSync(each, { mode: 0o700 });
  const bridges = [
    await bridge(path.join(folder, 'gateway.sock'), port),
    await bridge(path.join(folder, 'life.sock'), null),
  ];
  writeFileSync(path.join(folder, 'empty'), '', { mode: 0o400 });
  writeFileSync(path.join(folder, 'plan'), planOf(hidden, shown), { mode: 0o600 });
  const { program, file } = context.self;
  const ownSession = canTypeIntoTerminal(context);
  const user = [String(context.paths.uid), String(process.getgid?.() ?? 0)];
  return done({
    child: {
      command: 'unshare',
      args: [
        ...['--user', '--map-root-user', '--net', '--mount', '--', 'sh', '-c', ISOLATE, 'sh'],
        ...[folder, String(port), ...user, program, file, ownSession ? 'setsid' : '', cwd],
        ...words,
      ],
      env: withOwnFiles(
        child.env,
        places.map(({ home }) => home),
        shown,
      ),
      ownSession,
    },
    end: async () => {
      for (const each of bridges) await each.end();
      rmSync(folder, { recursive: true, force: true });
    },
  });
}

/** Env files that are kept up to date, and MCP clients' files into which somebody has put a key of the gateway. */
async function filesWithCredentials({ app, context }: Runtime): Promise<Outcome<string[]>> {
  const exported = await app.call('exports.list', {});
  if (!exported.ok) return exported;
  const ofClients = await app.call('mcp.files', context.cwd === null ? {} : { folder: context.cwd });
  if (!ofClients.ok) return ofClients;
  const withKeys = ofClients.value.files.filter(({ file }) => KEY.test(context.readText(file) ?? ''));
  return done([...exported.value.exports, ...withKeys].map(({ file }) => file));
}

/** The hidden folder that a place is in; null when the command sees the place. */
function folderWithout({ folders, own }: HiddenPlaces, place: string): string | null {
  const hidden = folders.find((folder) => isWithin(place, folder));
  const covered = own.find(({ folder }) => isWithin(place, folder));
  if (hidden !== undefined || covered === undefined) return hidden ?? null;
  return covered.keeps.some((kept) => isWithin(place, kept)) ? null : covered.folder;
}

/** A place that the plan, which has a line for each, cannot name; null: there is none. Pure. */
export const inTwoLines = ({ folders, files, sockets, own }: HiddenPlaces): string | null =>
  [...folders, ...files, ...sockets, ...own.flatMap(({ keeps, makes }) => [...keeps, ...makes])].find(
    (place) => place.includes('\n'),
  ) ?? null;

/** What `ISOLATE` reads. `shown` is a folder in `/tmp`. Pure. */
function planOf({ folders, files, sockets, own }: HiddenPlaces, shown: string): string {
  const steps: [Step, string][] = [
    ...folders.map((place): [Step, string] => ['hide-folder', place]),
    ...files.map((place): [Step, string] => ['hide-file', place]),
    ...sockets.map((place): [Step, string] => ['hide-socket', place]),
    ...own.flatMap(({ folder, keeps, makes }): [Step, string][] => [
      ['private', folder],
      ...keeps.map((place): [Step, string] => ['keep', place]),
      ...makes.map((place): [Step, string] => ['make', place]),
      ...(isWithin(shown, folder) ? [['keep-readonly', shown] as [Step, string]] : []),
    ]),
  ];
  return steps.map(([step, place]) => `${step} ${place}\n`).join('');
}

/**
 * Whether programs at a terminal can put characters into its input (TIOCSTI), which the shell would run afterwards, outside. Linux
 * can be told not to since 6.2; elsewhere the command gets a session without a terminal, and its signals from us.
 */
export const canTypeIntoTerminal = ({ readText }: Pick<Runtime['context'], 'readText'>): boolean =>
  readText('/proc/sys/dev/tty/legacy_tiocsti')?.trim() !== '0';

export const portOf = (variables: Variables): number | null => {
  const found = variables.find(({ name }) => name === 'HTTPS_PROXY' || name === 'TOKENTRAY_GATEWAY_URL');
  const port = PORT.exec(found?.value ?? '')?.[1];
  return port === undefined ? null : Number(port);
};

/** Certificates are in the data folder, which is hidden: the child gets copies. Other variables lead to what is not there. */
function withOwnFiles(
  env: Child['env'],
  homes: readonly string[],
  folder: string,
): Record<string, string | undefined> {
  const given: Record<string, string | undefined> = {};
  for (const [name, value] of Object.entries(env)) if (!SESSION.has(name)) given[name] = value;
  for (const home of homes) {
    for (const file of ['ca-bundle.pem', 'ca-bundle.jks']) {
      const original = path.join(home, 'run', file);
      if (!existsSync(original)) continue;
      const copy = path.join(folder, file);
      for (const [name, value] of Object.entries(given)) {
        if (value?.includes(original) !== true) continue;
        copyFileSync(original, copy);
        given[name] = value.replaceAll(original, copy);
      }
    }
  }
  return given;
}

/** Other programs of the session, which would do for a command what it cannot do itself. */
const SESSION = new Set([
  'DBUS_SESSION_BUS_ADDRESS',
  'DISPLAY',
  'GNOME_KEYRING_CONTROL',
  'GPG_AGENT_INFO',
  'SSH_AUTH_SOCK',
  'TMUX',
  'VSCODE_IPC_HOOK_CLI',
  'WAYLAND_DISPLAY',
  'XAUTHORITY',
]);

/** A socket file that leads to a port of ours; with null it only keeps who connects to it. */
async function bridge(file: string, port: number | null): Promise<{ end: () => Promise<void> }> {
  const open = new Set<Socket>();
  const keep = (socket: Socket): void => {
    open.add(socket);
    socket.on('error', () => socket.destroy());
    socket.on('close', () => open.delete(socket));
  };
  const server: Server = createServer({ allowHalfOpen: port !== null }, (inner) => {
    keep(inner);
    if (port === null) {
      inner.resume();
      return;
    }
    const outer = connect({ host: '127.0.0.1', port, allowHalfOpen: true, noDelay: true });
    keep(outer);
    inner.on('close', () => outer.destroy());
    outer.on('close', () => inner.destroy());
    inner.pipe(outer);
    outer.pipe(inner);
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(file, resolve);
  });
  return {
    end: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
        for (const socket of open) socket.destroy();
      }),
  };
}
