import type { ExportLastRead } from '../../../contract/export-check.ts';
import { isoTime } from '../../lib/clock.ts';

/** What tells when a file was last read. */
export interface ReadEvidence {
  platform: NodeJS.Platform;
  atimeNs: bigint;
  mtimeNs: bigint;
  /** Of the mount that the file is on; null where they are not known. */
  options: readonly string[] | null;
}

/**
 * Pure: whether a file was read since it was written. Linux records a read at least when it is the first after a write
 * (`relatime`, mount(8)), and our own reads are not recorded (`O_NOATIME`); later ones only once a day, so the time is that of some read, often
 * the first.
 */
export function lastRead({ platform, atimeNs, mtimeNs, options }: ReadEvidence): ExportLastRead {
  if (platform !== 'linux' || options === null)
    return {
      state: 'unknown',
      why: 'This system does not tell reads of other programs from those of Tokentray.',
    };
  if (options.includes('noatime'))
    return { state: 'unknown', why: 'The file system does not record reads (noatime).' };
  return atimeNs > mtimeNs
    ? { state: 'read', at: isoTime(Number(atimeNs / 1_000_000n)) }
    : { state: 'not-read' };
}
