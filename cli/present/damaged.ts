import { damagedWords } from '../../contract/damaged.ts';
import type { DamagedRecord } from '../../contract/status.ts';
import type { Runtime } from '../runtime.ts';
import { plain } from './plain.ts';

/** Shows which entries are missing from a list because they cannot be read, and what to do about it. */
export function showDamaged({ log, err }: Runtime, damaged: readonly DamagedRecord[] = []): void {
  for (const record of damaged) {
    const { message, hint } = damagedWords(record);
    log(`${err.bad('▲')} ${plain(message)}`);
    log(`    ${plain(hint)}`);
  }
}
