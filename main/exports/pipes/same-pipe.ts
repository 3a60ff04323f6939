import type { PipeIdentity } from '../../store/records.ts';

/** Pure. */
export const isSamePipe = (a: PipeIdentity | null, b: PipeIdentity | null): boolean =>
  a?.dev === b?.dev && a?.ino === b?.ino && a?.born === b?.born;
