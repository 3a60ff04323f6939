import type { Failure } from '../../../contract/errors.ts';

export const NOT_ABSOLUTE: Failure = {
  code: 'invalid-input',
  message: 'This is not a full path.',
  hint: 'Enter a full path, for example /home/ana/tokentray.age or ~/tokentray.age.',
};

/** Suggested for a backup made at this time, such as `tokentray-2026-11-28.age`. Pure. */
export function backupFileName(now: Date): string {
  const two = (number: number): string => String(number).padStart(2, '0');
  return `tokentray-${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}.age`;
}
