import { fail, ok, type Result } from '../lib/result.ts';
import type { ExportRecord, FormerPlace, PipeIdentity } from '../store/records.ts';
import type { ReadCredentials } from '../credentials/ports.ts';
import { inFile, type ExportPlaces } from './export-places.ts';
import type { ExportSources } from './export-sources.ts';
import { duplicates, obstacles, withoutOrphans, withoutVariables, withVariables } from './file-content.ts';
import { followedConnection, type ExportConnections } from './followed-connection.ts';
import { isWholeFile } from './layout.ts';
import type { LazyPipes } from './pipes/lazy-pipes.ts';
import type { Renderer } from './renderer.ts';
import { writtenFrom } from './write-history.ts';
import { stop, type WriteFailure, type WriteResult } from './write-result.ts';

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

export interface ExportWriterParts {
  connections: ExportConnections;
  readCredentials: ReadCredentials;
  renderer: Renderer;
  places: ExportPlaces;
  sources: ExportSources;
  pipes: LazyPipes;
  /** Whether there is an export with this id. */
  isKnown: (id: string) => boolean;
}

/** Writes the file of one export. */
export class ExportWriter {
  readonly #parts: ExportWriterParts;

  constructor(parts: ExportWriterParts) {
    this.#parts = parts;
  }

  /**
   * Reads the credential at this moment and writes it, in place of our former lines where those are in the same file.
   * `duplicate-key` when those are refused. `onlyCheck`: fails as it would, and writes nothing.
   */
  async write(
    record: ExportRecord,
    options: { refuseDuplicates: boolean; onlyCheck?: boolean },
  ): Promise<Result<WriteResult, WriteFailure>> {
    const { connections, readCredentials, renderer, places, sources, pipes, isKnown } = this.#parts;
    const connection = followedConnection(connections, record.target);
    const credentials = connection.ok ? await readCredentials(connection.value.id, 0) : connection;
    // While the app is locked nothing is tried: the file is written when it is unlocked.
    const isLocked = !credentials.ok && credentials.error.code === 'locked';
    if (isLocked) sources.forget(record.id);
    else if (options.onlyCheck !== true) sources.remember(record);
    if (!connection.ok) return stop(connection.error, false);
    // For any other failure no retry is needed: `connectionChanged` is called when it is fixed.
    if (!credentials.ok) return stop(credentials.error, credentials.error.code.startsWith('keychain-'));
    const rendered = renderer.render(credentials.value, record.preset, record.format);
    if (!rendered.ok) return stop(rendered.error, false);

    const former = await places.formerInSameFile(record);
    const { expiresAt } = credentials.value;
    const from = writtenFrom(connection.value, { ...rendered.value, expiresAt }, record.from);
    const made = { connection: connection.value, from, expiresAt };
    if (record.mode === 'pipe') {
      const pipe = await this.#openPipe(record, former, options.onlyCheck === true);
      return pipe.ok ? ok({ ...made, ...pipe.value }) : stop(pipe.error, true);
    }
    if (former?.mode === 'pipe') {
      // It makes room for the file, which nothing else can be wrong with.
      if (options.onlyCheck === true) return ok({ ...made, ...NOTHING_NEW, existed: false });
      await pipes.end(record);
    }
    const digests = [...(record.digests ?? []), ...(former?.digests ?? [])];
    const shape = { ...places.shapeOf(record), names: rendered.value.names, digests };
    let alsoSet: WriteResult['alsoSet'] = [];
    let existed = false;
    let differs = false;
    let unread: string[] = [];
    const outcome = await places.update(record, (found) => {
      existed = found !== null;
      const base = places.withoutFormer(record, former, found);
      if (!base.ok) return inFile(record.file, base.error);
      const current =
        options.refuseDuplicates && base.value !== null
          ? withoutOrphans(record.format, base.value, (id) => id === record.id || isKnown(id))
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
      if (options.onlyCheck === true) return ok({ kind: 'keep' });
      const expected = isWholeFile(record.format)
        ? places.expect(record, shape, found, bytes.value)
        : ok(undefined);
      return expected.ok ? ok({ kind: 'write', bytes: bytes.value }) : expected;
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
    const { connections, readCredentials, renderer } = this.#parts;
    const connection = followedConnection(connections, target);
    if (!connection.ok) return connection;
    const credentials = await readCredentials(connection.value.id, MIN_TTL_MS);
    if (!credentials.ok) return credentials;
    const rendered = renderer.render(credentials.value, preset, format);
    return rendered.ok ? ok(Buffer.from(rendered.value.text, 'utf8')) : rendered;
  }

  /** A file of ours in its place makes room, if there is nothing else in it. */
  async #openPipe(
    record: ExportRecord,
    former: FormerPlace | null,
    onlyCheck: boolean,
  ): Promise<Result<Pick<WriteResult, keyof typeof NOTHING_NEW>>> {
    const { places } = this.#parts;
    if (former !== null && former.mode !== 'pipe') {
      const ours = { ...former, id: record.id, sharedFolder: record.sharedFolder, inPlace: record.inPlace };
      const emptied = await places.update(ours, (found) => {
        const rest = found === null ? ok(null) : withoutVariables(places.shapeOf(ours), found);
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
    const pipes = await this.#parts.pipes.get();
    const opened = onlyCheck ? await pipes.check(record) : await pipes.serve(record);
    if (!opened.ok) return opened;
    const { identity, shared } = opened.value;
    return ok({ ...NOTHING_NEW, pipe: identity ?? record.pipe, warnings: shared === null ? [] : [shared] });
  }
}

const duplicateWarning = ({ name, line }: { name: string; line: number }): string =>
  `${name} is also set on line ${String(line)}, outside Tokentray’s lines. Delete one of them: programs differ in which one they use.`;
