import { randomBytes } from 'node:crypto';
import { constants, watch, type BigIntStats, type FSWatcher } from 'node:fs';
import { chmod, lstat, open, rename, unlink, type FileHandle } from 'node:fs/promises';
import path from 'node:path';
import process from 'node:process';
import { setTimeout as sleep } from 'node:timers/promises';
import { disposable, type Disposable } from '../../lib/disposable.ts';
import { fail, failure, ok, type Result } from '../../lib/result.ts';
import { thisPerson } from '../../lib/step-owners.ts';
import type { PipeIdentity } from '../../store/records.ts';
import { errorCode, fileFailure } from '../file-failure.ts';
import { MODE } from '../narrow-file.ts';
import { openersOf } from '../open-files.ts';
import { checkSteps } from '../shared-folder.ts';
import { resolveTarget } from '../target-file.ts';
import { makePipe } from './make-pipe.ts';
import type { OpenedPipe, OpenPipe, PipeSystem } from './pipe-system.ts';
import { isSamePipe } from './same-pipe.ts';
import { waitAtPipe } from './wait-at-pipe.ts';

export const nodePipes: PipeSystem = {
  open: async (file, options) => {
    try {
      return await openPipe(file, options);
    } catch (error) {
      const known = fileFailure(error, file);
      if (known === null) throw error;
      return failure(known);
    }
  },
  renew: async (target, own) => {
    const spare = path.join(
      path.dirname(target),
      `.${path.basename(target)}.tokentray-${randomBytes(6).toString('hex')}.tmp`,
    );
    try {
      await makePipe(spare);
      const identity = await identityAt(spare);
      // Between these two, somebody could still put a file there; no system call of Node's excludes that.
      if (identity !== null && (await isAt(target, own))) {
        await rename(spare, target);
        return identity;
      }
    } catch (error) {
      if (errorCode(error) === null) throw error;
    }
    await unlink(spare).catch(() => undefined);
    return null;
  },
  isThere: isAt,
  wait: async (target, own) => {
    const waiter = await waitAtPipe(target, own);
    return { ...waiter, onMoved: (listener) => watchPipe(target, own, listener) };
  },
  readers: (target, { dev, ino }, except) =>
    openersOf({ dev: BigInt(dev), ino: BigInt(ino) }, path.basename(target), except),
  remove: async (target, own) => {
    if (await isAt(target, own)) await unlink(target).catch(() => undefined);
  },
};

async function openPipe(
  file: string,
  { own, allowShared, onlyCheck }: OpenPipe,
): Promise<Result<OpenedPipe>> {
  const resolved = await resolveTarget(file);
  if (!resolved.ok) return resolved;
  const { path: target, steps } = resolved.value;
  const person = thisPerson();
  const shared = checkSteps(steps, person, allowShared);
  if (!shared.ok) return shared;
  const found = await lstat(target, { bigint: true }).catch((error: unknown) => {
    if (errorCode(error) === 'ENOENT') return null;
    throw error;
  });
  if (found !== null && !found.isFIFO())
    return fail('refused', `${target} is there already, and a pipe needs its place.`, FREE_THE_PLACE);
  const isOwn = own !== null && found !== null && isSamePipe(identityOf(found), own);
  if (found !== null && !isOwn) {
    return fail(
      'refused',
      `${target} is a pipe that Tokentray did not make.`,
      'Choose another file, or remove the pipe first.',
    );
  }
  if (onlyCheck === true) return ok({ target, identity: null, shared: shared.value });
  if (isOwn) await releaseLeftOver(target);
  else await makePipe(target);
  if (isOwn && (found.mode & 0o077n) !== 0n) await chmod(target, MODE);
  const identity = await identityAt(target);
  if (identity === null)
    return fail('io', `${target} was removed at once.`, 'Tokentray tries again automatically.');
  return ok({ target, identity, shared: shared.value });
}

/** Elsewhere than on Linux, to watch a pipe is to open it. */
function watchPipe(target: string, own: PipeIdentity, listener: () => void): Disposable {
  if (process.platform !== 'linux') return disposable(() => undefined);
  const ending = new AbortController();
  const { signal } = ending;
  const look = async (): Promise<void> => {
    if (await isAt(target, own)) return;
    if (signal.aborted) return;
    ending.abort();
    listener();
  };
  try {
    const watcher: FSWatcher = watch(target, { persistent: false, signal }, () => void look());
    watcher.on('error', () => undefined);
  } catch (error) {
    // Gone already, or there are too many watches: then the next write finds it.
    if (errorCode(error) === null) throw error;
  }
  return disposable(() => {
    ending.abort();
  });
}

const FREE_THE_PLACE =
  'Move that file away, or leave it and have Tokentray keep its lines in it (the mode “block”).';

/** Who waited at a pipe for an app that was killed still does: with a reader, it ends. Until it has, a reader would get its end of file. */
async function releaseLeftOver(target: string): Promise<void> {
  const handle = await open(target, constants.O_RDONLY | constants.O_NONBLOCK | constants.O_NOFOLLOW);
  try {
    for (let tries = 0; tries < RELEASE_TRIES; tries += 1) {
      if (await hasNoWriter(handle)) return;
      await sleep(RELEASE_PAUSE_MS);
    }
  } finally {
    await handle.close();
  }
}

const RELEASE_TRIES = 50;
const RELEASE_PAUSE_MS = 10;

/** An empty pipe gives its end to a reader when nobody can write, and EAGAIN while somebody can. */
async function hasNoWriter(handle: FileHandle): Promise<boolean> {
  try {
    return (await handle.read(Buffer.alloc(1), 0, 1, null)).bytesRead === 0;
  } catch (error) {
    if (errorCode(error) !== 'EAGAIN') throw error;
    return false;
  }
}

const identityOf = ({ dev, ino, birthtimeNs }: BigIntStats): PipeIdentity => ({
  dev: String(dev),
  ino: String(ino),
  born: String(birthtimeNs),
});

async function identityAt(target: string): Promise<PipeIdentity | null> {
  const stat = await lstat(target, { bigint: true }).catch(() => null);
  return stat?.isFIFO() === true ? identityOf(stat) : null;
}

async function isAt(target: string, own: PipeIdentity): Promise<boolean> {
  return isSamePipe(await identityAt(target), own);
}
