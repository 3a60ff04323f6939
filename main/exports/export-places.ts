import type { Failure } from '../../contract/errors.ts';
import { failure, ok, type Result } from '../lib/result.ts';
import type { ExportStore } from '../store/ports.ts';
import type { ExportRecord, FormerPlace } from '../store/records.ts';
import type { DecideChange, FileOutcome } from './atomic-write.ts';
import type { ExportFiles } from './export-files.ts';
import { digestOf, withoutVariables, type FileShape } from './file-content.ts';
import type { KeyedQueue } from './keyed-queue.ts';
import { commentOf, layoutOf } from './layout.ts';
import type { LazyPipes } from './pipes/lazy-pipes.ts';
import { writtenBy } from './presets/preset.ts';
import type { PresetRegistry } from './presets/registry.ts';

/** An export as far as its file goes. */
export type Placed = FormerPlace & Pick<ExportRecord, 'id' | 'sharedFolder' | 'inPlace'>;

export interface ExportPlacesParts {
  presets: Pick<PresetRegistry, 'get'>;
  store: Pick<ExportStore, 'save'>;
  files: ExportFiles;
  queue: KeyedQueue;
  pipes: LazyPipes;
}

/** The files of exports, and what in them is ours. */
export class ExportPlaces {
  readonly #parts: ExportPlacesParts;

  constructor(parts: ExportPlacesParts) {
    this.#parts = parts;
  }

  /** Every name that an export can set; none where a template or hosts are written, or the preset is gone. */
  names({ preset: name, format }: Pick<ExportRecord, 'preset' | 'format'>): readonly string[] {
    if (layoutOf(format).of !== 'variables') return [];
    const preset = this.#parts.presets.get(name);
    return preset.ok ? writtenBy(preset.value) : [];
  }

  shapeOf({ id, preset, format, mode, digests = [] }: FormerPlace & Pick<ExportRecord, 'id'>): FileShape {
    return { id, format, mode, names: this.names({ preset, format }), digests };
  }

  /** The file without our former lines. Lines that the new ones will replace stay; those that are marked in another way do not. */
  withoutFormer(
    { id, format }: ExportRecord,
    former: FormerPlace | null,
    found: Buffer | null,
  ): Result<Buffer | null> {
    if (found === null || former === null) return ok(found);
    const comment = commentOf(format);
    const replaced = comment !== null && comment === commentOf(former.format);
    return replaced ? ok(found) : withoutVariables(this.shapeOf({ id, ...former }), found);
  }

  /** Stores what a file without marks is about to hold: after a crash in between, it is still known as ours. */
  expect(
    record: ExportRecord,
    { digests = [] }: FileShape,
    found: Buffer | null,
    next: Buffer,
  ): Result<void> {
    const [before, after] = [found === null ? null : digestOf(found), digestOf(next)];
    if (record.digests?.includes(after) === true && before === after) return ok(undefined);
    const kept = before !== null && before !== after && digests.includes(before) ? [before] : [];
    return this.#parts.store.save({ ...record, digests: [...kept, after] });
  }

  /** Where our lines were before the last change, if that is in the same file. */
  async formerInSameFile({ file, former }: ExportRecord): Promise<FormerPlace | null> {
    if (former === null) return null;
    const { files } = this.#parts;
    const [now, before] = await Promise.all([files.target(file), files.target(former.file)]);
    return now.ok && before.ok && now.value === before.value ? former : null;
  }

  /** Removes our lines from the file that was used before the last change, unless it is still the same file. */
  async removeFormerLines(record: ExportRecord): Promise<Result<void>> {
    const { former } = record;
    if (former === null || (await this.formerInSameFile(record)) !== null) return ok(undefined);
    // Nothing secret is written there any more, so a shared folder is no reason to leave our lines in it.
    return this.removeLines({ ...record, ...former, sharedFolder: true });
  }

  /** Removes our lines from the file, or deletes it when nothing else is in it. */
  async removeLines(record: Placed & Pick<ExportRecord, 'pipe'>): Promise<Result<void>> {
    if (record.mode === 'pipe') {
      await this.#parts.pipes.end(record);
      return ok(undefined);
    }
    const outcome = await this.update(record, (current) => {
      if (current === null) return ok({ kind: 'keep' });
      const rest = withoutVariables(this.shapeOf(record), current);
      if (!rest.ok) return inFile(record.file, rest.error);
      return ok(rest.value === null ? { kind: 'delete' } : { kind: 'write', bytes: rest.value });
    });
    // Without its folder there is no file to take anything out of.
    return outcome.ok || outcome.error.code === 'not-found' ? ok(undefined) : outcome;
  }

  /** Changes a file, one change at a time. */
  async update({ file, sharedFolder, inPlace }: Placed, decide: DecideChange): Promise<Result<FileOutcome>> {
    const { files, queue } = this.#parts;
    const target = await files.target(file);
    if (!target.ok) return target;
    return queue.run(`file ${target.value}`, () =>
      files.update(file, decide, { allowShared: sharedFolder, keepsFile: inPlace }),
    );
  }
}

export const inFile = (file: string, error: Failure): Result<never> =>
  failure({ ...error, message: `${file}: ${error.message}` });
