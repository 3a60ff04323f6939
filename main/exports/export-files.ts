import type { Result } from '../lib/result.ts';
import {
  targetOf,
  updateFile,
  type DecideChange,
  type FileOutcome,
  type UpdateOptions,
} from './atomic-write.ts';
import { gitWarnings } from './git-warnings.ts';
import { syncService } from './synced-folder.ts';

/** The file system as exports use it. */
export interface ExportFiles {
  /** The path that is written for this one: symlinks followed. */
  target(file: string): Promise<Result<string>>;
  update(file: string, decide: DecideChange, options: UpdateOptions): Promise<Result<FileOutcome>>;
  /** Ways in which the content of the file could leave this machine; each with what to do. */
  warnings(target: string): Promise<string[]>;
  /** Whether files are to stay the ones they are at this moment. */
  stay?: () => boolean;
}

/** `keepFiles`: whether files are to stay the ones they are at this moment; see `UpdateOptions`. */
export const exportFilesThatStay = (keepFiles: () => boolean): ExportFiles => ({
  ...nodeExportFiles,
  stay: keepFiles,
  update: (file, decide, options) =>
    updateFile(file, decide, { ...options, keepsFile: options.keepsFile === true || keepFiles() }),
});

export const nodeExportFiles: ExportFiles = {
  target: (file) => targetOf(file),
  update: (file, decide, options) => updateFile(file, decide, options),
  warnings: async (target) => {
    const service = syncService(target);
    const synced =
      service === null
        ? []
        : [
            `${service} copies this folder to other machines, including the token. Choose a folder outside it.`,
          ];
    return [...synced, ...(await gitWarnings(target))];
  },
};
