import { compose, type Core, type CoreParts } from '../core/compose.ts';
import type { Host } from '../core/host.ts';
import { systemClock } from '../lib/clock.ts';
import type { DisposableStack } from '../lib/disposable.ts';
import { ok, type Result } from '../lib/result.ts';
import { acquireWriterLock } from '../store/writer-lock.ts';
import { askRunningApp } from '../transports/local-client.ts';
import { listenOnLocalSocket } from '../transports/local-socket.ts';
import { boot, type Booted } from './boot.ts';
import type { Folders } from './folders.ts';
import { giveBackMemory } from './give-back-memory.ts';
import type { StartOptions } from './options.ts';
import { rememberHeld } from './remember-held.ts';
import { rememberSessionFiles } from './session-files.ts';

export interface CoreStart<H extends Host> extends Pick<CoreParts, 'stop' | 'restart' | 'openSandbox'> {
  folders: Folders;
  options: StartOptions;
  /** How a person starts this host, for advice; options are added to it. */
  startCommand: string;
  /** Whether an app that is already running opens its window or page itself; else it gives a one-time link. */
  launch: boolean;
  print: (line: string) => void;
  /** Receives whatever has to be disposed of, also if the start fails. */
  parts: DisposableStack;
  createHost: (booted: Booted) => Promise<Result<H>>;
  /** Connects the host to the core, which answers on its socket by now: a client connects while the rest starts. */
  attach: (host: H, core: Core) => Promise<Result<void>>;
  /** An app that is ending already opens no keychain. */
  isEnding: () => boolean;
}

export type CoreStarted<H extends Host> =
  | { state: 'started'; host: H; sandboxUrl: string | null }
  /** Another process has the data folder, and was asked to open; `url`: a one-time link, if it did not open one itself. */
  | { state: 'already-running'; url: string | null };

/** A page or a window holds the event loop up; whoever waits for the socket is answered before. */
const SOCKET_FIRST_MS = 5;

/** Starts the core in its host, or hands over to the one that is running. Both hosts start here, in this order. */
export async function startCore<H extends Host>(start: CoreStart<H>): Promise<Result<CoreStarted<H>>> {
  const {
    folders,
    options,
    startCommand,
    launch,
    print,
    parts,
    createHost,
    attach,
    isEnding,
    stop,
    restart,
    openSandbox,
  } = start;
  const { home, socket } = folders;
  const lock = acquireWriterLock(home);
  if (!lock.ok) {
    const opened = await askRunningApp(socket, home, 'app.open', { launch });
    return opened === null ? lock : ok({ state: 'already-running', url: opened.url });
  }
  parts.add(lock.value);

  const booted = await boot({ home, options, startCommand, parts, print });
  if (!booted.ok) return booted;
  const { logger, store, sandbox } = booted.value;

  const created = await createHost(booted.value);
  if (!created.ok) return created;
  const host = parts.add(created.value);

  const core = parts.add(
    compose({ store, host, home, socket, sandbox, clock: systemClock, logger, stop, restart, openSandbox }),
  );
  const { exports, gateway } = core.services;
  parts.add(rememberSessionFiles({ home, store, exports, clock: systemClock, logger, print }));
  parts.add(rememberHeld({ home, gateway, store, clock: systemClock, logger }));
  const listening = await listenOnLocalSocket(socket, home, core.router);
  if (!listening.ok) return listening;
  parts.add(listening.value);

  await new Promise((resolve) => setTimeout(resolve, SOCKET_FIRST_MS));
  const attached = await attach(host, core);
  if (!attached.ok) return attached;
  if (!isEnding()) core.start();
  parts.add(giveBackMemory(systemClock));
  return ok({ state: 'started', host, sandboxUrl: sandbox?.url ?? null });
}
