import { z } from 'zod';
import { define, EVERYONE, OptionalRef } from './define-call.ts';
import { PresetProblem, PresetView } from './preset.ts';

/** The text of a preset's file. */
const presetFile = () =>
  z.strictObject({
    text: z.string().max(200_000),
    /** The name of the file without its ending: what the preset is called unless its text says it. */
    name: z.string().max(200).optional(),
    /** A template (`.tmpl`), not JSON. */
    template: z.boolean().optional(),
  });

/** Calls about presets: which there are, and the person's own. */
export const PRESET_CALLS = {
  'presets.list': define(
    'Presets, which of them serve a connection, and files that could not be used',
    EVERYONE,
    () => z.strictObject({ connection: OptionalRef }),
    () => z.object({ presets: z.array(PresetView), problems: z.array(PresetProblem), folder: z.string() }),
  ),
  'presets.check': define(
    'Checks a preset file and says what it would write; nothing is kept',
    EVERYONE,
    presetFile,
    () =>
      z.object({
        /** Null when it cannot be used; `problems` then say why. */
        preset: PresetView.nullable(),
        problems: z.array(PresetProblem.unwrap().omit({ file: true })),
        /** The file that defines this preset already, which it would replace. */
        replaces: z.string().nullable(),
        /** SHA-256 of its bytes, hexadecimal: names in `presets.add` what was shown. */
        digest: z.string(),
      }),
  ),
  'presets.add': define(
    'Keeps a preset file in the folder; `conflict` if it is not what `digest` names, or replaces one without `force`',
    EVERYONE,
    () => presetFile().extend({ digest: z.string().max(100).optional(), force: z.boolean().optional() }),
    () => z.object({ preset: PresetView, file: z.string() }),
  ),
} as const;
