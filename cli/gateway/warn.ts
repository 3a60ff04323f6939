import type { Rules } from '../../contract/gateway.ts';
import { plain } from '../present/plain.ts';
import type { Runtime } from '../runtime.ts';

/** Says on stderr what in rules contradicts itself or can never apply. */
export async function warnAboutRules({ app, log, err, json }: Runtime, rules: Rules): Promise<void> {
  if (json) return;
  const explained = await app.call('gateway.explain', { rules });
  if (!explained.ok) return;
  for (const warning of explained.value.warnings) log(`${err.warn('▲')} ${plain(warning)}`);
}
