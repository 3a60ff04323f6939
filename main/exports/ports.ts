import type { EnvFormat, ExportMode, ExportTarget, ExportView, PresetName } from '../../contract/export.ts';
import type { ExportCheck, ExportCure } from '../../contract/export-check.ts';
import type { ConnectionId, ExportId } from '../../contract/ids.ts';
import type { Disposable } from '../lib/disposable.ts';
import type { Event } from '../lib/emitter.ts';
import type { Result } from '../lib/result.ts';
import type { Renderer } from './renderer.ts';

/** What a person asks of an export. */
export interface ExportRequest {
  file: string;
  target: ExportTarget;
  preset: PresetName;
  /** Absent: the one that the name of the file stands for, and of a template its own. */
  format: EnvFormat | undefined;
  mode: ExportMode | undefined;
  allowDuplicateKeys: boolean;
  /** Write to the file instead of replacing it. */
  inPlace: boolean;
  /** Write where others can read or replace the file, now and later. */
  allowSharedFolder: boolean;
}

export interface Exports extends Disposable {
  readonly onChange: Event<ExportView>;
  readonly onRemoved: Event<ExportId>;
  /** Writes every export again, for what changed while the app was not running. Call when secrets can be read. */
  start(): void;
  list(): ExportView[];
  /** Writes at once; when that fails nothing is kept and the failure says what to do. */
  add(request: ExportRequest): Promise<Result<ExportView>>;
  /**
   * Changes an export, given by id or path, and keeps its id: writes at once and removes our lines from the former
   * place. When it fails, as `add` does or because those lines cannot be removed, the export stays as it was.
   */
  change(reference: string, request: ExportRequest): Promise<Result<ExportView>>;
  /** By id or path; all without one. A failure of one export is in its status. */
  write(reference: string | null): Promise<Result<ExportView[]>>;
  remove(reference: string, options: { keepFile: boolean }): Promise<Result<{ id: ExportId; file: string }>>;
  /**
   * Something of a connection's view changed, or it was removed. Writes what follows it, debounced, where that changes
   * what a file holds; else no file and no secret is read.
   */
  connectionChanged(id: ConnectionId): void;
  /** Which connection is active changed. */
  activeChanged(): void;
  /** By id or path; all without one. Changes nothing. */
  check(reference: string | null): Promise<Result<ExportCheck[]>>;
  /** Does what a finding names as its cure, and checks again. */
  cure(reference: string, cure: ExportCure): Promise<Result<ExportCheck>>;
  /** What a folder is bound to may have changed. */
  bindingsChanged(): void;
  /** What presets give may have changed: writes what that changes. */
  presetsChanged(): void;
  /** Exports that follow this connection by id, or by their folder. */
  following(id: string): ExportView[];
  /**
   * The variables of a preset, and as text in a format. `unsupported` when the format cannot hold a value, or with which of
   * the person's connections the preset serves when not this one.
   */
  readonly render: Renderer['render'];
  /** Starts everything that is due and waits for it. */
  drain(): Promise<void>;
}
