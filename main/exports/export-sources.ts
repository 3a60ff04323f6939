import type { ExportId } from '../../contract/ids.ts';
import type { MaskedCredentials } from '../credentials/ports.ts';
import type { ExportRecord } from '../store/records.ts';
import { followedConnection, type ExportConnections } from './followed-connection.ts';
import type { Renderer } from './renderer.ts';

/** In the place of secrets; every format can hold it. */
const MASK = 'masked';

/** What each file was last made from, also when that failed. */
export class ExportSources {
  readonly #connections: ExportConnections;
  readonly #maskedCredentials: MaskedCredentials;
  readonly #renderer: Renderer;
  readonly #sources = new Map<ExportId, string>();

  constructor(connections: ExportConnections, maskedCredentials: MaskedCredentials, renderer: Renderer) {
    this.#connections = connections;
    this.#maskedCredentials = maskedCredentials;
    this.#renderer = renderer;
  }

  /** The file is being made from what there is now. */
  remember(record: ExportRecord): void {
    this.#sources.set(record.id, this.#sourceOf(record));
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
    const masked = this.#maskedCredentials(connection.value, MASK);
    const content = this.#renderer.render(masked, preset, format, { advise: false });
    return JSON.stringify([id, generation, obtainedAt, condition.kind === 'gone', content]);
  }
}
