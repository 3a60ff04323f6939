import { randomBytes } from 'node:crypto';
import { chmod, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fail, ok, type Result } from '../../lib/result.ts';
import { javaTrustStore } from './java-trust-store.ts';

/** Files with the system's authorities and ours, for programs that trust one file alone. Absolute paths. */
export interface BundleFiles {
  /** PEM. */
  readonly bundle: string;
  readonly trustStore: string;
}

export interface Bundle {
  /** The files, with `own` in them. Fails with `io`. */
  with(own: string): Promise<Result<BundleFiles>>;
}

/**
 * Writes `ca-bundle.pem` and `ca-bundle.jks` in `<home>/run`, 0600, and writes them again when they are not what they should
 * be: a new authority, other authorities of the system's, or somebody who changed them.
 */
export function createBundle(home: string, systemAuthorities: () => Promise<readonly string[]>): Bundle {
  const folder = path.join(home, 'run');
  const files: BundleFiles = {
    bundle: path.join(folder, 'ca-bundle.pem'),
    trustStore: path.join(folder, 'ca-bundle.jks'),
  };
  /** Those of earlier runs too: their programs may read the files again. */
  const ours = new Set<string>();
  let writing: Promise<unknown> = Promise.resolve();

  async function write(own: string): Promise<Result<BundleFiles>> {
    const system = await systemAuthorities();
    ours.add(own);
    const all = [...system, ...ours];
    try {
      await mkdir(folder, { recursive: true, mode: 0o700 });
      await replace(files.bundle, Buffer.from(all.map((pem) => `${pem.trim()}\n`).join('')));
      await replace(files.trustStore, javaTrustStore(all));
      return ok(files);
    } catch (fault) {
      const code = fault instanceof Error && 'code' in fault ? String(fault.code) : 'unknown';
      return fail(
        'io',
        `The certificates for the proxy could not be written to ${folder} (${code}).`,
        'Check that the disk is writable and has space.',
      );
    }
  }

  return {
    with: (own) => {
      const written = writing.then(() => write(own));
      writing = written.catch(() => undefined);
      return written;
    },
  };
}

/** Whole or not at all, and only if it differs. */
async function replace(file: string, content: Buffer): Promise<void> {
  const present = await readFile(file).catch(() => null);
  if (present?.equals(content) === true) {
    await chmod(file, 0o600);
    return;
  }
  const temporary = `${file}.${randomBytes(6).toString('hex')}`;
  try {
    await writeFile(temporary, content, { mode: 0o600, flag: 'wx' });
    await rename(temporary, file);
  } catch (fault) {
    await rm(temporary, { force: true });
    throw fault;
  }
}
