import type { Failure } from '../../contract/errors.ts';
import type { EnvFormat, ExportTarget } from '../../contract/export.ts';
import type { ExportId } from '../../contract/ids.ts';
import { assertNever, fail, failure, ok, type Result } from '../lib/result.ts';
import type { BoundTo } from '../connections/folders/ports.ts';
import type { ConnectionStore } from '../store/ports.ts';
import type {
  ConnectionRecord,
  ExportRecord,
  FormerPlace,
  PipeIdentity,
  WrittenFrom,
} from '../store/records.ts';
import type { DecideChange, FileOutcome } from './atomic-write.ts';
import type { ExportFiles } from './export-files.ts';
import {
  commentOf,
  duplicates,
  obstacles,
  withoutOrphans,
  withoutVariables,
  withVariables,
  type FileShape,
} from './file-content.ts';
import type { MaskedCredentials, ReadCredentials } from '../credentials/ports.ts';
import type { LazyPipes } from './pipes/lazy-pipes.ts';
import { PRESETS, render } from './render.ts';
import type { KeyedQueue } from './keyed-queue.ts';
import { writtenFrom } from './write-history.ts';

/** What targets are looked up in. */
export interface ExportConnections extends Pick<ConnectionStore, 'get' | 'active'> {
  boundTo: BoundTo;
}

export interface WriteResult {
  /** Whether the content is another one now; of a mere check, whether it would be. */
  changed: boolean;
  existed: boolean;
  /** Names that are set outside our lines too. */
  alsoSet: { name: string; line: number }[];
  /** Epoch ms at which the token in it ends. */
  expiresAt: number | null;
  /** What the person should know of this file; each with what to do. */
  warnings: string[];
  /** The mode that let others read the file until now; null when only its owner could. */
  narrowedFrom: number | null;
  connection: ConnectionRecord;
  from: WrittenFrom;
  /** The pipe that answers; null for a file. */
  pipe: PipeIdentity | null;
}

const NOTHING_NEW = {
  changed: false,
  existed: true,
  alsoSet: [] as WriteResult['alsoSet'],
  warnings: [] as string[],
  narrowedFrom: null,
  pipe: null as PipeIdentity | null,
};

/** A program that starts needs its token for longer than a few seconds. */
const MIN_TTL_MS = 60_000;

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
    case 'folder': {
      const bound = connections.boundTo(target.folder);
      if (!bound.ok) return bound;
      return bound.value === null
        ? fail(
            'not-found',
            `The folder ${target.folder} is no longer bound to a connection; the file keeps its last content.`,
            'Bind it again with `tokentray use NAME --here`, or add the export again with another connection.',
          )
        : ok(bound.value);
    }
    default:
      return assertNever(target);
  }
}

/** Writes the file of one export, or removes our lines from it. */
export class ExportWriter {
  readonly #connections: ExportConnections;
  readonly #readCredentials: ReadCredentials;
  readonly #maskedCredentials: MaskedCredentials;
  readonly #files: ExportFiles;
  readonly #queue: KeyedQueue;
  readonly #isKnown: (id: string) => boolean;
  readonly #pipes: LazyPipes;
  /** What each file was last made from, also when that failed. */
  readonly #sources = new Map<ExportId, string>();

  constructor(
    connections: ExportConnections,
    readCredentials: ReadCredentials,
    maskedCredentials: MaskedCredentials,
    files: ExportFiles,
    queue: KeyedQueue,
    isKnown: (id: string) => boolean,
    pipes: LazyPipes,
  ) {
    this.#connections = connections;
    this.#readCredentials = readCredentials;
    this.#maskedCredentials = maskedCredentials;
    this.#files = files;
    this.#queue = queue;
    this.#isKnown = isKnown;
    this.#pipes = pipes;
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
    // While the app is locked nothing is tried: the file is written when it is unlocked.
    const isLocked = !credentials.ok && credentials.error.code === 'locked';
    if (isLocked) this.#sources.delete(record.id);
    else if (options.onlyCheck !== true) this.#sources.set(record.id, this.#sourceOf(record));
    if (!connection.ok) return stop(connection.error, false);
    // For any other failure no retry is needed: `connectionChanged` is called when it is fixed.
    if (!credentials.ok) return stop(credentials.error, credentials.error.code.startsWith('keychain-'));
    const rendered = render(credentials.value, record.preset, record.format);
    if (!rendered.ok) return stop(rendered.error, false);

    const former = (await this.#isFormerFile(record)) ? record.former : null;
    const from = writtenFrom(connection.value, rendered.value.variables, record.from);
    const made = { connection: connection.value, from, expiresAt: credentials.value.expiresAt };
    if (record.mode === 'pipe') {
      const pipe = await this.#openPipe(record, former, options.onlyCheck === true);
      return pipe.ok ? ok({ ...made, ...pipe.value }) : stop(pipe.error, true);
    }
    if (former?.mode === 'pipe') {
      // It makes room for the file, which nothing else can be wrong with.
      if (options.onlyCheck === true) return ok({ ...made, ...NOTHING_NEW, existed: false });
      await this.#pipes.end(record);
    }
    const shape = { ...shapeOf(record), names: rendered.value.names };
    let alsoSet: WriteResult['alsoSet'] = [];
    let existed = false;
    let differs = false;
    let unread: string[] = [];
    const outcome = await this.#update(record, (found) => {
      existed = found !== null;
      const base = withoutFormer(record, former, found);
      if (!base.ok) return inFile(record.file, base.error);
      const current =
        options.refuseDuplicates && base.value !== null
          ? withoutOrphans(record.format, base.value, (id) => id === record.id || this.#isKnown(id))
          : base.value;
      alsoSet = current === null ? [] : duplicates(shape, current);
      unread = current === null ? [] : obstacles(shape, current);
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
      differs = found?.equals(bytes.value) !== true;
      return ok(options.onlyCheck === true ? { kind: 'keep' } : { kind: 'write', bytes: bytes.value });
    });
    if (!outcome.ok) return stop(outcome.error, true);
    const { changed, narrowedFrom, shared } = outcome.value;
    return ok({
      ...made,
      changed: options.onlyCheck === true ? differs : changed,
      existed,
      alsoSet,
      warnings: [...(shared === null ? [] : [shared]), ...alsoSet.map(duplicateWarning), ...unread],
      narrowedFrom,
      pipe: null,
    });
  }

  /** What a reader of a pipe gets at this moment. */
  async contentOf({ target, preset, format }: ExportRecord): Promise<Result<Buffer>> {
    const connection = followedConnection(this.#connections, target);
    if (!connection.ok) return connection;
    const credentials = await this.#readCredentials(connection.value.id, MIN_TTL_MS);
    if (!credentials.ok) return credentials;
    const rendered = render(credentials.value, preset, format);
    return rendered.ok ? ok(Buffer.from(rendered.value.text, 'utf8')) : rendered;
  }

  /** A file of ours in its place makes room, if there is nothing else in it. */
  async #openPipe(
    record: ExportRecord,
    former: FormerPlace | null,
    onlyCheck: boolean,
  ): Promise<Result<Pick<WriteResult, keyof typeof NOTHING_NEW>>> {
    if (former !== null && former.mode !== 'pipe') {
      const ours = { ...former, id: record.id, sharedFolder: record.sharedFolder, inPlace: record.inPlace };
      const emptied = await this.#update(ours, (found) => {
        const rest = found === null ? ok(null) : withoutVariables(shapeOf(ours), found);
        if (!rest.ok) return inFile(record.file, rest.error);
        if (rest.value !== null)
          return fail(
            'conflict',
            `${record.file} has content of yours, and a pipe needs its place.`,
            'Choose another file for the pipe, or move this one away first.',
          );
        return ok({ kind: onlyCheck || found === null ? 'keep' : 'delete' });
      });
      if (!emptied.ok) return emptied;
      if (onlyCheck) return ok(NOTHING_NEW);
    }
    const pipes = await this.#pipes.get();
    const opened = onlyCheck ? await pipes.check(record) : await pipes.serve(record);
    if (!opened.ok) return opened;
    const { identity, shared } = opened.value;
    return ok({ ...NOTHING_NEW, pipe: identity ?? record.pipe, warnings: shared === null ? [] : [shared] });
  }

  /** Every name that this export can write. */
  names({ preset }: Pick<ExportRecord, 'preset'>): readonly string[] {
    return PRESETS[preset].variables;
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
    const content = render(this.#maskedCredentials(connection.value, MASK), preset, format);
    return JSON.stringify([id, generation, obtainedAt, condition.kind === 'gone', content]);
  }

  /** Removes our lines from the file that was used before the last change, unless it is still the same file. */
  async removeFormerLines(record: ExportRecord): Promise<Result<void>> {
    const { former } = record;
    if (former === null || (await this.#isFormerFile(record))) return ok(undefined);
    // Nothing secret is written there any more, so a shared folder is no reason to leave our lines in it.
    return this.removeLines({ ...record, ...former, sharedFolder: true });
  }

  async #isFormerFile({ file, former }: ExportRecord): Promise<boolean> {
    if (former === null) return false;
    const [now, before] = await Promise.all([this.#files.target(file), this.#files.target(former.file)]);
    return now.ok && before.ok && now.value === before.value;
  }

  /** Removes our lines from the file, or deletes it when nothing else is in it. */
  async removeLines(record: Placed & Pick<ExportRecord, 'pipe'>): Promise<Result<void>> {
    if (record.mode === 'pipe') {
      await this.#pipes.end(record);
      return ok(undefined);
    }
    const outcome = await this.#update(record, (current) => {
      if (current === null) return ok({ kind: 'keep' });
      const rest = withoutVariables(shapeOf(record), current);
      if (!rest.ok) return inFile(record.file, rest.error);
      return ok(rest.value === null ? { kind: 'delete' } : { kind: 'write', bytes: rest.value });
    });
    // Without its folder there is no file to take anything out of.
    return outcome.ok || outcome.error.code === 'not-found' ? ok(undefined) : outcome;
  }

  async #update({ file, sharedFolder, inPlace }: Placed, decide: DecideChange): Promise<Result<FileOutcome>> {
    const target = await this.#files.target(file);
    if (!target.ok) return target;
    return this.#queue.run(`file ${target.value}`, () =>
      this.#files.update(file, decide, { allowShared: sharedFolder, keepsFile: inPlace }),
    );
  }
}

/** In the place of secrets; every format can hold it. */
const MASK = 'masked';

/** An export as far as its file goes. */
type Placed = FormerPlace & Pick<ExportRecord, 'id' | 'sharedFolder' | 'inPlace'>;

/** The file without our former lines. Lines that the new ones will replace stay; those that are marked in another way do not. */
function withoutFormer(
  { id, format }: ExportRecord,
  former: FormerPlace | null,
  found: Buffer | null,
): Result<Buffer | null> {
  const replaced = former === null || former.format === format || isMarkedAlike(former.format, format);
  return found === null || replaced ? ok(found) : withoutVariables(shapeOf({ id, ...former }), found);
}

/** Whether the marks of one format are the marks of the other; formats without any share none. */
const isMarkedAlike = (one: EnvFormat, other: EnvFormat): boolean =>
  commentOf(one) !== null && commentOf(one) === commentOf(other);

const shapeOf = ({ id, format, mode, preset }: Omit<Placed, 'sharedFolder' | 'inPlace'>): FileShape => ({
  id,
  format,
  mode,
  names: PRESETS[preset].variables,
});

const stop = (error: Failure, retry: boolean): Result<never, WriteFailure> => ({
  ok: false,
  error: { failure: error, retry },
});

const inFile = (file: string, error: Failure): Result<never> =>
  failure({ ...error, message: `${file}: ${error.message}` });

const duplicateWarning = ({ name, line }: { name: string; line: number }): string =>
  `${name} is also set on line ${String(line)}, outside Tokentray’s lines. Delete one of them: programs differ in which one they use.`;
