import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { BodyWriter, firstString } from '../../../main/lib/dbus-wire.ts';
import { sessionBusSocket } from '../../../main/lib/session-bus-address.ts';
import { SessionBus } from '../../../main/lib/session-bus.ts';

const PASSWORD = 'correct horse';
const SERVICE = 'org.freedesktop.secrets';
const ROOT = '/org/freedesktop/secrets';
const LOGIN = `${ROOT}/collection/login`;

/** A message bus that starts no services by itself: what a test did not start is not there. */
const BUS_CONFIG = (folder: string): string => `<!DOCTYPE busconfig PUBLIC
 "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <listen>unix:path=${folder}/bus</listen>
  <auth>EXTERNAL</auth>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>
`;

/** A real D-Bus session with a real gnome-keyring, in a temporary folder. */
export interface PrivateKeyring {
  /** What a process needs to use it, and none of the desktop that the tests run on. */
  readonly env: NodeJS.ProcessEnv;
  /** Ends and starts again nothing: locks or unlocks the login keyring. */
  lock(): Promise<void>;
  unlock(): Promise<void>;
  /** Object paths of all items with the attribute `service` = `Tokentray`. */
  items(): Promise<string[]>;
  deleteItem(item: string): Promise<void>;
  /** SIGSTOP and SIGCONT to the keyring: a service that hangs. */
  suspend(): void;
  resume(): void;
  /** Ends the keyring and starts it again, unlocked. */
  restart(): Promise<void>;
  /** The same with the bus, at the same address. */
  restartWithBus(): Promise<void>;
  stop(): Promise<void>;
}

/** A D-Bus session without any service. */
export async function startBus(): Promise<{
  folder: string;
  env: NodeJS.ProcessEnv;
  restart: () => Promise<void>;
  stop: () => Promise<void>;
}> {
  const folder = mkdtempSync(path.join(tmpdir(), 'tokentray-keyring-'));
  const config = path.join(folder, 'bus.conf');
  writeFileSync(config, BUS_CONFIG(folder));
  const env: NodeJS.ProcessEnv = {
    PATH: process.env['PATH'],
    HOME: folder,
    DBUS_SESSION_BUS_ADDRESS: `unix:path=${folder}/bus`,
  };
  for (const name of ['XDG_RUNTIME_DIR', 'XDG_DATA_HOME', 'XDG_CONFIG_HOME', 'XDG_CACHE_HOME']) {
    const own = path.join(folder, name.toLowerCase());
    mkdirSync(own, { mode: 0o700 });
    env[name] = own;
  }
  const launch = async (): Promise<ChildProcess> => {
    const daemon = await start(
      'dbus-daemon',
      [`--config-file=${config}`, '--nofork', '--print-address=1'],
      env,
    );
    await once(daemon.stdout!, 'data');
    return daemon;
  };
  let bus = await launch();
  const restart = async (): Promise<void> => {
    await end(bus);
    bus = await launch();
  };
  const stop = async (): Promise<void> => {
    await end(bus);
    rmSync(folder, { recursive: true, force: true });
  };
  return { folder, env, restart, stop };
}

/** Throws when dbus-daemon or gnome-keyring-daemon is not installed. */
export async function startKeyring(): Promise<PrivateKeyring> {
  const { env, restart: restartBus, stop: stopBus } = await startBus();
  const arguments_ = ['--foreground', '--unlock', '--components=secrets'];
  const launch = async (): Promise<ChildProcess> => {
    const started = await start('gnome-keyring-daemon', arguments_, env);
    started.stdin!.end(PASSWORD);
    const deadline = Date.now() + 20_000;
    while (firstString(await alias().catch(() => Buffer.alloc(0))) !== LOGIN) {
      if (Date.now() > deadline) throw new Error('gnome-keyring-daemon did not start');
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    return started;
  };
  const call = (path_: string, interface_: string, member: string, signature = '', body = new BodyWriter()) =>
    onBus(env, (bus) =>
      bus.call({
        destination: SERVICE,
        path: path_,
        interface: interface_,
        member,
        signature,
        body: body.bytes(),
      }),
    );
  const alias = () =>
    call(ROOT, 'org.freedesktop.Secret.Service', 'ReadAlias', 's', new BodyWriter().string('default'));
  let daemon = await launch().catch(async (fault: unknown) => {
    await stopBus();
    throw fault;
  });
  return {
    env,
    lock: async () => {
      const one = new BodyWriter().string(LOGIN).bytes();
      const body = new BodyWriter().uint32(one.length).raw(one);
      await call(ROOT, 'org.freedesktop.Secret.Service', 'Lock', 'ao', body);
    },
    unlock: () => onBus(env, unlockLogin),
    items: async () => {
      const body = new BodyWriter().stringMap({ service: 'Tokentray' });
      const found = await call(ROOT, 'org.freedesktop.Secret.Service', 'SearchItems', 'a{ss}', body);
      return found.toString('latin1').match(/\/org\/freedesktop\/secrets\/collection\/[\w/]+/g) ?? [];
    },
    deleteItem: async (item) => {
      await call(item, 'org.freedesktop.Secret.Item', 'Delete');
    },
    suspend: () => void daemon.kill('SIGSTOP'),
    resume: () => void daemon.kill('SIGCONT'),
    restart: async () => {
      await end(daemon);
      daemon = await launch();
    },
    restartWithBus: async () => {
      await end(daemon);
      await restartBus();
      daemon = await launch();
    },
    stop: async () => {
      daemon.kill('SIGCONT');
      await end(daemon);
      await stopBus();
    },
  };
}

/** As the login screen does it: gnome-keyring's own interface, with a session that does not encrypt. */
async function unlockLogin(bus: SessionBus): Promise<void> {
  const opened = await bus.call({
    destination: SERVICE,
    path: ROOT,
    interface: 'org.freedesktop.Secret.Service',
    member: 'OpenSession',
    signature: 'sv',
    body: new BodyWriter().string('plain').signature('s').string('').bytes(),
  });
  const session = /\/org\/freedesktop\/secrets\/session\/\w+/.exec(opened.toString('latin1'))![0];
  const password = Buffer.from(PASSWORD);
  await bus.call({
    destination: SERVICE,
    path: ROOT,
    interface: 'org.gnome.keyring.InternalUnsupportedGuiltRiddenInterface',
    member: 'UnlockWithMasterPassword',
    signature: 'o(oayays)',
    body: new BodyWriter()
      .string(LOGIN)
      .align(8)
      .string(session)
      .uint32(0)
      .uint32(password.length)
      .raw(password)
      .string('text/plain')
      .bytes(),
  });
}

async function onBus<T>(env: NodeJS.ProcessEnv, work: (bus: SessionBus) => Promise<T>): Promise<T> {
  const bus = new SessionBus(sessionBusSocket(env)!, process.getuid!());
  try {
    await bus.hello();
    return await work(bus);
  } finally {
    bus.close();
  }
}

async function start(command: string, arguments_: string[], env: NodeJS.ProcessEnv): Promise<ChildProcess> {
  const child = spawn(command, arguments_, { env, stdio: ['pipe', 'pipe', 'ignore'] });
  await once(child, 'spawn');
  return child;
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exited = once(child, 'exit');
  child.kill('SIGKILL');
  await exited;
}
