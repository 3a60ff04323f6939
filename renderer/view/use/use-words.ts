import type { ConnectionView } from '../../../contract/connection.ts';
import type { PresetView } from '../../../contract/preset.ts';
import { bySuitability } from '../preset-words.ts';
import { moment } from '../time-words.ts';

/** The preset that a person most likely wants for a connection: the usual one if it serves it. Null: none does. Pure. */
export function guessedPreset(presets: readonly PresetView[]): string | null {
  const { serving } = bySuitability(presets);
  return (serving.find(({ name }) => name === USUAL_PRESET) ?? serving[0])?.name ?? null;
}

/** What commands and files are given unless something else is asked for. */
export const USUAL_PRESET = 'atlassian';

/** What stands in the way of using a connection now; null while nothing does. `now`: epoch ms. Pure. */
export function troubleWords({ status, expiresAt }: ConnectionView, now: number): string | null {
  const isOver = expiresAt !== null && Date.parse(expiresAt) <= now;
  switch (status.state) {
    case 'needs-reconnect':
      return 'These get no new token until you reconnect. You change nothing in your projects: they work again after that.';
    case 'offline':
      return isOver || expiresAt === null
        ? 'These work again once the token can be renewed.'
        : `These go on working with the token until ${moment(expiresAt, now)}.`;
    case 'connecting':
      return 'These work once you are signed in.';
    case 'paused':
      return isOver
        ? 'Refreshing is paused and the token has ended: these work again when you resume it.'
        : null;
    case 'connected':
    case 'refreshing':
    case 'expiring':
    case 'missing-scope':
      return null;
  }
}
