import type { ExportId } from '../../../contract/ids.ts';
import type { Clock } from '../../lib/clock.ts';
import { ok, type Result } from '../../lib/result.ts';
import type { ExportRecord, PipeIdentity } from '../../store/records.ts';
import type { Opener } from '../open-files.ts';
import { PipeServer } from './pipe-server.ts';
import type { OpenedPipe, PipeSystem } from './pipe-system.ts';

export interface ExportPipesParts {
  system: PipeSystem;
  clock: Clock;
  /** Whether pipes have to stay the same ones at this moment. */
  stay: () => boolean;
  /** What a reader of this export gets now. */
  content: (id: ExportId) => Promise<Buffer>;
  onRead: (id: ExportId, read: { readers: Opener[]; identity: PipeIdentity }) => void;
  onLost: (id: ExportId) => void;
}

/** The pipes of all exports that have one. Call `serve` and `end` from the queue of the export. */
export class ExportPipes {
  readonly #parts: ExportPipesParts;
  readonly #servers = new Map<ExportId, PipeServer>();
  /** The path of each, as it was given. */
  readonly #files = new Map<ExportId, string>();

  constructor(parts: ExportPipesParts) {
    this.#parts = parts;
  }

  /** Has the export's pipe answer readers from now on, and gives which one it is. Does nothing where it does already. */
  async serve(record: ExportRecord): Promise<Result<OpenedPipe>> {
    const { id, file, sharedFolder, inPlace } = record;
    const { system, clock, stay, content, onRead, onLost } = this.#parts;
    const running = this.#servers.get(id);
    const isKept = running !== undefined && (await running.isServing());
    const own = isKept ? running.identity : record.pipe;
    const options = { own, allowShared: sharedFolder };
    const checked = await system.open(file, { ...options, onlyCheck: true });
    if (!checked.ok) return checked;
    if (isKept && running.target === checked.value.target)
      return ok({ ...checked.value, identity: running.identity });
    await this.#stop(id);
    const opened = await system.open(file, options);
    if (!opened.ok) return opened;
    const { target, identity } = opened.value;
    if (identity === null) return opened;
    const server = new PipeServer({
      system,
      clock,
      target,
      identity,
      stays: () => inPlace || stay(),
      content: () => content(id),
      onRead: (read) => {
        onRead(id, read);
      },
      onLost: () => {
        if (this.#servers.get(id) === server) onLost(id);
      },
    });
    this.#servers.set(id, server);
    this.#files.set(id, file);
    return opened;
  }

  /** Whether the export's pipe could be made; makes none. */
  check({ id, file, pipe, sharedFolder }: ExportRecord): Promise<Result<OpenedPipe>> {
    const own = this.#servers.get(id)?.identity ?? pipe;
    return this.#parts.system.open(file, { own, allowShared: sharedFolder, onlyCheck: true });
  }

  /** Removes the export's pipe from a file; also one that an earlier run of the app left, if that is what is there. */
  async end(id: ExportId, { file, pipe }: Pick<ExportRecord, 'file' | 'pipe'>): Promise<void> {
    const { system } = this.#parts;
    // It may serve at another place by now.
    if (this.#files.get(id) === file) await this.#stop(id);
    if (pipe === null) return;
    const place = await system.open(file, { own: pipe, allowShared: true, onlyCheck: true });
    if (place.ok) await system.remove(place.value.target, pipe);
  }

  async #stop(id: ExportId): Promise<void> {
    const server = this.#servers.get(id);
    this.#servers.delete(id);
    this.#files.delete(id);
    await server?.end();
  }

  async dispose(): Promise<void> {
    await Promise.all([...this.#servers.keys()].map((id) => this.#stop(id)));
  }
}
