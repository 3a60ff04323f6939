import type { ExportRecord } from '../../store/records.ts';
import type { ExportPipes } from './export-pipes.ts';

/** The pipes, once there is a need: most people have none, and the start does not wait for their code. */
export class LazyPipes {
  readonly #create: () => Promise<ExportPipes>;
  #pipes: Promise<ExportPipes> | null = null;

  constructor(create: () => Promise<ExportPipes>) {
    this.#create = create;
  }

  get(): Promise<ExportPipes> {
    this.#pipes ??= this.#create();
    return this.#pipes;
  }

  /** Removes the export's pipe, also one that an earlier run of the app left. */
  async end({ id, file, pipe }: Pick<ExportRecord, 'id' | 'file' | 'pipe'>): Promise<void> {
    const pipes = await this.get();
    await pipes.end(id, { file, pipe });
  }

  async dispose(): Promise<void> {
    await (await this.#pipes)?.dispose();
  }
}
