import { damagedWords } from '../../contract/damaged.ts';
import type { DamagedRecord } from '../../contract/status.ts';
import type { Runtime } from '../runtime.ts';
import { plain } from './plain.ts';

/** Tells the person what a list lacks because it cannot be read, and what to do about it. */
export function showDamaged({ say, err }: Runtime, damaged: readonly DamagedRecord[] = []): void {
  for (const record of damaged) {
    const { message, hint } = damagedWords(record);
    say(`${err.bad('▲')} ${plain(message)}`);
    say(`    ${plain(hint)}`);
  }
}
