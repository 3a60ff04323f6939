import type { Failure } from '../../contract/errors.ts';
import type { ExportTarget } from '../../contract/export.ts';
import type { ExportId } from '../../contract/ids.ts';
import { assertNever, fail, failure, ok, type Result } from '../lib/result.ts';
import type { ConnectionStore, ExportStore } from '../store/ports.ts';
import type { ConnectionRecord, ExportRecord, FormerPlace } from '../store/records.ts';
import type { DecideChange, FileOutcome } from './atomic-write.ts';
import type { ExportFiles } from './export-files.ts';
import { withoutOrphanedBlocks } from './managed-block.ts';
import {
  digestOf,
  duplicates,
  isWholeFile,
  withoutVariables,
  withVariables,
  type FileShape,
} from './file-content.ts';
import type { MaskedCredentials, ReadCredentials } from '../credentials/ports.ts';
import type { PresetRegistry } from './presets/registry.ts';
import { writtenBy } from './presets/preset.ts';
import type { Renderer } from './renderer.ts';
import type { KeyedQueue } from './keyed-queue.ts';

export type ExportConnections = Pick<ConnectionStore, 'get' | 'active' | 'list'>;

export interface WriteResult {
  changed: boolean;
  /** What the person should know of this file; each with what to do. */
  warnings: string[];
  /** The mode that let others read the file until now; null when only its owner could. */
  narrowedFrom: number | null;
}

/** `retry`: it may succeed later although nothing changes here, as with a full disk. */
export interface WriteFailure {
  failure: Failure;
  retry: boolean;
}

/** The connection that a target refers to at this moment. `not-found` when there is none. */
export function followedConnection(
  connections: ExportConnections,
  target: ExportTarget,
): Result<ConnectionRecord> {
  switch (target.follows) {
    case 'connection': {
      const connection = connections.get(target.connection);
      return connection === null
        ? fail(
            'not-found',
            'The connection that this file follows was removed; the file keeps its last content.',
            'Remove the export, or add it again with another connection.',
          )
        : ok(connection);
    }
    case 'active': {
      const id = connections.active(target.provider);
      const connection = id === null ? null : connections.get(id);
      return connection === null
        ? fail(
            'not-found',
            `No connection of “${target.provider}” is active; the file keeps its last content.`,
            'Connect an account, or make a connection the active one.',
          )
        : ok(connection);
    }
    default:
      return assertNever(target);
  }
}

export interface ExportWriterParts {
  connections: ExportConnections;
  readCredentials: ReadCredentials;
  maskedCredentials: MaskedCredentials;
  presets: Pick<PresetRegistry, 'get'>;
  renderer: Renderer;
  store: Pick<ExportStore, 'save'>;
  files: ExportFiles;
  queue: KeyedQueue;
  /** Whether there is an export with this id. */
  isKnown: (id: string) => boolean;
}

/** Writes the file of one export, or removes our lines from it. */
export class ExportWriter {
  readonly #connections: ExportConnections;
  readonly #readCredentials: ReadCredentials;
  readonly #maskedCredentials: MaskedCredentials;
  readonly #presets: Pick<PresetRegistry, 'get'>;
  readonly #renderer: Renderer;
  readonly #store: Pick<ExportStore, 'save'>;
  readonly #files: ExportFiles;
  readonly #queue: KeyedQueue;
  readonly #isKnown: (id: string) => boolean;
  /** What each file was last made from, also when that failed. */
  readonly #sources = new Map<ExportId, string>();

  constructor(parts: ExportWriterParts) {
    this.#connections = parts.connections;
    this.#readCredentials = parts.readCredentials;
    this.#maskedCredentials = parts.maskedCredentials;
    this.#presets = parts.presets;
    this.#renderer = parts.renderer;
    this.#store = parts.store;
    this.#files = parts.files;
    this.#queue = parts.queue;
    this.#isKnown = parts.isKnown;
  }

  /**
   * Reads the credential at this moment and writes it, in place of our former lines where those are in the same file.
   * `duplicate-key` when those are refused. `onlyCheck`: fails as it would, and writes nothing.
   */
  async write(
    record: ExportRecord,
    options: { refuseDuplicates: boolean; onlyCheck?: boolean },
  ): Promise<Result<WriteResult, WriteFailure>> {
    const connection = followedConnection(this.#connections, record.target);
    const credentials = connection.ok ? await this.#readCredentials(connection.value.id, 0) : connection;
    if (options.onlyCheck !== true) this.#sources.set(record.id, this.#sourceOf(record));
    if (!connection.ok) return stop(connection.error, false);
    // For any other failure no retry is needed: `connectionChanged` is called when it is fixed.
    if (!credentials.ok) return stop(credentials.error, credentials.error.code.startsWith('keychain-'));
    const rendered = this.#renderer.render(credentials.value, record.preset, record.format);
    if (!rendered.ok) return stop(rendered.error, false);

    const former = (await this.#isFormerFile(record)) ? record.former : null;
    const digests = [...(record.digests ?? []), ...(former?.digests ?? [])];
    const shape = { ...this.#shapeOf(record), digests };
    let alsoSet: { name: string; line: number }[] = [];
    const outcome = await this.#update(record, (found) => {
      const base = this.#withoutFormer(record, former, found);
      if (!base.ok) return inFile(record.file, base.error);
      const current =
        options.refuseDuplicates && base.value !== null
          ? withoutOrphanedBlocks(base.value, (id) => id === record.id || this.#isKnown(id))
          : base.value;
      alsoSet = current === null ? [] : duplicates(shape, current);
      const first = alsoSet[0];
      if (options.refuseDuplicates && first !== undefined) {
        return fail(
          'duplicate-key',
          `${record.file}: ${first.name} is already set on line ${String(first.line)}.`,
          'Delete that line, or allow duplicate keys.',
        );
      }
      const bytes = withVariables(shape, current, rendered.value.text);
      if (!bytes.ok) return inFile(record.file, bytes.error);
      if (options.onlyCheck === true) return ok({ kind: 'keep' });
      const expected = isWholeFile(record.format)
        ? this.#expect(record, shape, found, bytes.value)
        : ok(undefined);
      return expected.ok ? ok({ kind: 'write', bytes: bytes.value }) : expected;
    });
    if (!outcome.ok) return stop(outcome.error, true);
    const { changed, narrowedFrom, shared } = outcome.value;
    return ok({
      changed,
      warnings: [...(shared === null ? [] : [shared]), ...alsoSet.map(duplicateWarning)],
      narrowedFrom,
    });
  }

  /** Whether the file was made from what it would be made from now. */
  isCurrent(record: ExportRecord): boolean {
    return this.#sources.get(record.id) === this.#sourceOf(record);
  }

  /** From now on `isCurrent` is false until the next write. */
  forget(id: ExportId): void {
    this.#sources.delete(id);
  }

  /** Everything that determines the content of the file, with the time of the token in place of the token. */
  #sourceOf({ target, preset, format }: ExportRecord): string {
    const connection = followedConnection(this.#connections, target);
    if (!connection.ok) return JSON.stringify(connection.error);
    const { id, generation, obtainedAt, condition } = connection.value;
    const masked = this.#maskedCredentials(connection.value, '');
    const content = this.#renderer.render(masked, preset, format, { advise: false });
    return JSON.stringify([id, generation, obtainedAt, condition.kind === 'gone', content]);
  }

  /** Removes our lines from the file that was used before the last change, unless it is still the same file. */
  async removeFormerLines(record: ExportRecord): Promise<Result<void>> {
    const { id, former } = record;
    if (former === null || (await this.#isFormerFile(record))) return ok(undefined);
    // Nothing secret is written there any more, so a shared folder is no reason to leave our lines in it.
    return this.removeLines({ id, ...former, sharedFolder: true });
  }

  async #isFormerFile({ file, former }: ExportRecord): Promise<boolean> {
    if (former === null) return false;
    const [now, before] = await Promise.all([this.#files.target(file), this.#files.target(former.file)]);
    return now.ok && before.ok && now.value === before.value;
  }

  /** Removes our lines from the file, or deletes it when nothing else is in it. */
  async removeLines(record: Placed): Promise<Result<void>> {
    const outcome = await this.#update(record, (current) => {
      if (current === null) return ok({ kind: 'keep' });
      const rest = withoutVariables(this.#shapeOf(record), current);
      if (!rest.ok) return inFile(record.file, rest.error);
      return ok(rest.value === null ? { kind: 'delete' } : { kind: 'write', bytes: rest.value });
    });
    // Without its folder there is no file to take anything out of.
    return outcome.ok || outcome.error.code === 'not-found' ? ok(undefined) : outcome;
  }

  /** Stored before the file is written: after a crash in between, the file is still known as ours. */
  #expect(
    record: ExportRecord,
    { digests = [] }: FileShape,
    found: Buffer | null,
    next: Buffer,
  ): Result<void> {
    const [before, after] = [found === null ? null : digestOf(found), digestOf(next)];
    if (record.digests?.includes(after) === true && before === after) return ok(undefined);
    const kept = before !== null && before !== after && digests.includes(before) ? [before] : [];
    return this.#store.save({ ...record, digests: [...kept, after] });
  }

  /** The file without our former lines. Lines that the new ones will replace stay; a change to or from a whole file replaces none. */
  #withoutFormer(
    { id, format }: ExportRecord,
    former: FormerPlace | null,
    found: Buffer | null,
  ): Result<Buffer | null> {
    const replaced = former === null || isWholeFile(former.format) === isWholeFile(format);
    return found === null || replaced ? ok(found) : withoutVariables(this.#shapeOf({ id, ...former }), found);
  }

  /** Of a preset that is gone, no names are known. */
  #shapeOf({ id, format, mode, preset: name, digests = [] }: Omit<Placed, 'sharedFolder'>): FileShape {
    const preset = this.#presets.get(name);
    return { id, format, mode, names: preset.ok ? writtenBy(preset.value) : [], digests };
  }

  async #update({ file, sharedFolder }: Placed, decide: DecideChange): Promise<Result<FileOutcome>> {
    const target = await this.#files.target(file);
    if (!target.ok) return target;
    return this.#queue.run(`file ${target.value}`, () =>
      this.#files.update(file, decide, { allowShared: sharedFolder }),
    );
  }
}

/** An export as far as its file goes. */
type Placed = FormerPlace & Pick<ExportRecord, 'id' | 'sharedFolder'>;

const stop = (error: Failure, retry: boolean): Result<never, WriteFailure> => ({
  ok: false,
  error: { failure: error, retry },
});

const inFile = (file: string, error: Failure): Result<never> =>
  failure({ ...error, message: `${file}: ${error.message}` });

const duplicateWarning = ({ name, line }: { name: string; line: number }): string =>
  `${name} is also set on line ${String(line)}, outside Tokentray’s lines. Delete one of them: programs differ in which one they use.`;
