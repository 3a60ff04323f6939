import { createPresetRegistry, type PresetRegistry } from '../../main/exports/presets/registry.ts';
import { silentLogger } from '../../main/lib/log.ts';

/** The presets that are included, and none of a person's own. */
export const bundledPresets = (): PresetRegistry =>
  createPresetRegistry({ folder: '/nowhere/presets', logger: silentLogger });
