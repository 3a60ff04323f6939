import type { Failure } from '../../../contract/errors.ts';
import type { MaskedCredentials } from '../../credentials/ports.ts';
import type { ConnectionRecord } from '../../store/records.ts';
import { servesConnection } from './choose-variant.ts';
import type { Preset } from './preset.ts';

const MOST = 3;
/** More are not looked at: the answer would take too long. */
const MOST_ASKED = 1000;

/** The refusal of a preset with which of the person's connections it does serve. Pure. */
export function withOthers(
  failure: Failure,
  preset: Preset,
  connections: readonly ConnectionRecord[],
  masked: MaskedCredentials,
): Failure {
  const names: string[] = [];
  for (const connection of connections.slice(0, MOST_ASKED)) {
    if (names.length === MOST) break;
    if (servesConnection(preset, masked(connection, '')).ok) names.push(`“${connection.name}”`);
  }
  if (names.length === 0) return failure;
  const listed =
    names.length === 1 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1) ?? ''}`;
  return { ...failure, hint: `It works with ${listed}. ${failure.hint ?? ''}`.trimEnd() };
}
