import type { Failure } from '../../contract/errors.ts';
import type { ExportFiles } from '../../main/exports/export-files.ts';
import { failure, ok } from '../../main/lib/result.ts';

/** Files in memory, with links, faults to order, and a count of writes. */
export class MemoryExportFiles implements ExportFiles {
  readonly content = new Map<string, string>();
  readonly links = new Map<string, string>();
  readonly places = new Map<string, string[]>();
  /** Every update fails with this while it is set. */
  fault: Failure | null = null;
  /** What the next update finds about the mode. */
  narrowedFrom: number | null = null;
  writes = 0;
  /** How often a file was read. */
  updates = 0;
  /** How often it was asked where a file's content could get to. */
  looks = 0;
  /** Updates under way at once, at most, per file. */
  overlap = 0;
  readonly #busy = new Map<string, number>();

  readonly target: ExportFiles['target'] = (file) => Promise.resolve(ok(this.links.get(file) ?? file));

  readonly update: ExportFiles['update'] = async (file, decide) => {
    this.updates += 1;
    const target = this.links.get(file) ?? file;
    const busy = (this.#busy.get(target) ?? 0) + 1;
    this.#busy.set(target, busy);
    this.overlap = Math.max(this.overlap, busy);
    await Promise.resolve();
    this.#busy.set(target, busy - 1);
    if (this.fault !== null) return failure(this.fault);
    const current = this.content.get(target);
    const change = decide(current === undefined ? null : Buffer.from(current));
    if (!change.ok) return change;
    const narrowedFrom = this.narrowedFrom;
    this.narrowedFrom = null;
    if (change.value.kind === 'delete')
      return ok({ changed: this.content.delete(target), narrowedFrom, shared: null });
    if (change.value.kind === 'keep' || change.value.bytes.toString() === current) {
      return ok({ changed: false, narrowedFrom, shared: null });
    }
    this.content.set(target, change.value.bytes.toString());
    this.writes += 1;
    return ok({ changed: true, narrowedFrom, shared: null });
  };

  readonly warnings: ExportFiles['warnings'] = (target) => {
    this.looks += 1;
    return Promise.resolve(this.places.get(target) ?? []);
  };
}
