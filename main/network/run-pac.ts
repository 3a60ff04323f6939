import { readFileSync } from 'node:fs';
import path from 'node:path';
import { Worker } from 'node:worker_threads';

/** What `FindProxyForURL` returned, or why it returned nothing; `reason` follows the script's name. */
export type PacAnswer = { ok: true; text: string } | { ok: false; reason: string };

/** Includes the start of the engine and the names that the script has resolved. */
const LIMIT_MS = 8000;

/**
 * Runs a script that may be anyone's: in an engine of its own that has no way out (QuickJS in WebAssembly), that in a
 * worker, which is ended when it takes too long. Never rejects.
 */
export function runPac(script: string, url: string, host: string): Promise<PacAnswer> {
  return new Promise((resolve) => {
    const worker = startWorker({ script, url, host });
    const timer = setTimeout(() => {
      finish({ ok: false, reason: 'takes too long' });
    }, LIMIT_MS);
    function finish(answer: PacAnswer): void {
      clearTimeout(timer);
      resolve(answer);
      void worker.terminate();
    }
    worker.once('message', finish);
    worker.once('error', () => {
      finish({ ok: false, reason: 'could not be run' });
    });
    worker.once('exit', () => {
      finish({ ok: false, reason: 'could not be run' });
    });
  });
}

/** The worker is a file beside this one. In packages it is inside an archive, which only `fs` can read. */
function startWorker(workerData: unknown): Worker {
  const options = {
    workerData,
    stdout: false,
    stderr: false,
    env: {},
    resourceLimits: { maxOldGenerationSizeMb: 64 },
  };
  const own = import.meta.filename;
  const file = path.join(path.dirname(own), `pac-worker${path.extname(own)}`);
  if (path.extname(own) === '.ts') return new Worker(file, options);
  return new Worker(readFileSync(file, 'utf8'), { ...options, eval: true });
}
