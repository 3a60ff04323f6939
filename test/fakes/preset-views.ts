import type { PresetView } from '../../contract/preset.ts';
import { BUNDLED_PRESETS } from '../../main/exports/presets/bundled.ts';
import { servesConnection } from '../../main/exports/presets/choose-variant.ts';
import { presetView } from '../../main/exports/presets/preset-view.ts';
import { credentials } from '../main/exports/sample.ts';

/** The presets that are included and one of the person's own; `asked`: whether they serve a connection by OAuth. */
export function presetViews(asked: boolean): PresetView[] {
  const included = Object.values(BUNDLED_PRESETS).map((preset) => {
    const served = servesConnection(preset, credentials());
    return {
      ...presetView(preset, null),
      serves: asked
        ? {
            works: served.ok && preset.kind !== 'advice',
            reason: served.ok ? null : served.error.message,
            hint: served.ok ? null : (served.error.hint ?? null),
          }
        : null,
    };
  });
  const [first] = included;
  if (first === undefined) throw new Error('no presets');
  const own: PresetView = {
    ...first,
    ...{ name: 'settings-file', description: 'Settings of our tool', origin: 'own', kind: 'template' },
    ...{ file: '/home/ana/presets/settings-file.tmpl', variables: [] },
  };
  return [...included, own];
}
