import path from 'node:path';
import type { BackupView, RestoreView } from '../../contract/backup.ts';
import { LEAST_PASSPHRASE } from '../../contract/passphrase.ts';
import { isoTime, type Clock } from '../lib/clock.ts';
import { fail, ok, type Result } from '../lib/result.ts';
import type { Store } from '../store/ports.ts';
import type { Age } from './age.ts';
import { checkBackupPath, readBackupFile, writeBackupFile } from './backup-file.ts';
import { documentFromText, documentToText, type BackupDocument } from './document.ts';
import { addOwnFiles, compareOwnFiles, isBackedUp, readOwnFiles } from './own-files.ts';

export interface BackupRequest {
  /** Absolute path. */
  file: string;
  passphrase: string;
}

/** One encrypted file with everything of the store but the activity, and the user's provider files and presets. */
export interface Backups {
  create(request: BackupRequest & { overwrite: boolean }): Promise<Result<BackupView>>;
  /** What `restore` would do. */
  check(request: BackupRequest): Promise<Result<RestoreView>>;
  /**
   * Prepares a restore, which the next start of the core carries out before it reads anything: the caller restarts it.
   * `conflict` when something is stored here and it was not confirmed.
   */
  restore(request: BackupRequest & { confirmed: boolean }): Promise<Result<RestoreView>>;
}

export interface BackupParts {
  store: Pick<Store, 'vault' | 'copies' | 'activity'>;
  /** Of the user's provider files. */
  providers: string;
  /** Of the user's presets. */
  presets: string;
  version: string;
  clock: Clock;
  age: Age;
}

export function createBackups({ store, providers, presets, version, clock, age }: BackupParts): Backups {
  let busy = false;
  /** Each takes hundreds of megabytes for a moment. */
  const alone = async <T>(work: () => Promise<Result<T>>): Promise<Result<T>> => {
    if (busy) return fail('conflict', 'Another backup or restore is in progress.', 'Wait until it is done.');
    busy = true;
    try {
      const opened = await store.vault.open();
      return opened.ok ? await work() : opened;
    } finally {
      busy = false;
    }
  };

  const load = async ({ file, passphrase }: BackupRequest): Promise<Result<Loaded>> => {
    const bytes = await readBackupFile(file);
    if (!bytes.ok) return bytes;
    const plain = await age.decrypt(bytes.value, passphrase);
    if (!plain.ok) return plain;
    const document = documentFromText(Buffer.from(plain.value).toString('utf8'));
    plain.value.fill(0);
    if (!document.ok) return document;
    const plan = store.copies.plan(document.value.store);
    if (!plan.ok) return plan;
    const { unused, connections, added } = plan.value;
    const view: RestoreView = {
      createdAt: document.value.createdAt,
      version: document.value.app,
      unused,
      connections,
      clients: added['clients'] ?? 0,
      exports: added['exports'] ?? 0,
      providerFiles: compareOwnFiles(providers, isBackedUp.providers, document.value.providerFiles),
      presetFiles: compareOwnFiles(presets, isBackedUp.presets, document.value.presetFiles),
    };
    return ok({ document: document.value, view });
  };

  return {
    create: ({ file, passphrase, overwrite }) =>
      alone(async () => {
        if (passphrase.length < LEAST_PASSPHRASE) return tooShort();
        const free = await checkBackupPath(file, overwrite);
        if (!free.ok) return free;
        const copy = store.copies.read();
        if (!copy.ok) return copy;
        const createdAt = isoTime(clock.now());
        const { document, unreadable } = copy.value;
        const plain = Buffer.from(
          documentToText({
            createdAt,
            app: version,
            store: document,
            providerFiles: readOwnFiles(providers, isBackedUp.providers),
            presetFiles: readOwnFiles(presets, isBackedUp.presets),
          }),
        );
        const bytes = await age.encrypt(plain, passphrase);
        plain.fill(0);
        if (!bytes.ok) return bytes;
        const written = await writeBackupFile(file, bytes.value, overwrite);
        if (!written.ok) return written;
        store.activity.append({
          at: createdAt,
          level: 'info',
          event: 'backup.created',
          message: `A backup was written: ${path.basename(file)}.`,
          connection: null,
          export: null,
        });
        return ok({
          file,
          createdAt,
          bytes: bytes.value.length,
          connections: document.tables['connections']?.length ?? 0,
          unreadable,
        });
      }),
    check: (request) =>
      alone(async () => {
        const loaded = await load(request);
        return loaded.ok ? ok(loaded.value.view) : loaded;
      }),
    restore: ({ confirmed, ...request }) =>
      alone(async () => {
        if (store.vault.status.state === 'session-only') {
          return fail(
            'unsupported',
            'This session keeps everything in memory, so a restore would be lost with it.',
            'Start Tokentray without --session-only.',
          );
        }
        const loaded = await load(request);
        if (!loaded.ok) return loaded;
        const { document, view } = loaded.value;
        if (!view.unused && !confirmed) {
          return fail(
            'conflict',
            'There are connections or settings here already, so the restore has to be confirmed.',
            'Look at what it would do, then confirm it: --yes',
          );
        }
        const added = await addOwnFiles(providers, document.providerFiles, view.providerFiles.added);
        if (!added.ok) return added;
        const also = await addOwnFiles(presets, document.presetFiles, view.presetFiles?.added ?? []);
        const staged = also.ok ? store.copies.stage(document.store) : also;
        if (!staged.ok) {
          await added.value();
          if (also.ok) await also.value();
        }
        return staged.ok ? ok(view) : staged;
      }),
  };
}

interface Loaded {
  document: BackupDocument;
  view: RestoreView;
}

const tooShort = (): Result<never> =>
  fail(
    'invalid-input',
    `The passphrase is too short: it needs at least ${LEAST_PASSPHRASE} characters.`,
    'Whoever gets the file can try as many as they like. Use several words, or have one generated.',
  );
