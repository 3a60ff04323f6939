import { failure, ok } from '../../lib/result.ts';
import { withOthers } from '../../exports/presets/others.ts';
import { presetView } from '../../exports/presets/preset-view.ts';
import type { Handlers } from '../dispatcher.ts';
import type { Services } from '../services.ts';

type PresetCalls = Extract<keyof Handlers, `presets.${string}`>;

/** Replaces secrets: what is asked is only whether a preset has values. */
const MASK = '••••••••';

export function presetHandlers({
  presets,
  presetFiles,
  connections,
  store,
}: Services): Pick<Handlers, PresetCalls> {
  return {
    'presets.list': ({ connection }) => {
      const found = connection === undefined ? null : connections.resolve(connection);
      if (found?.ok === false) return failure(found.error);
      const credentials = found === null ? null : connections.maskedCredentials(found.value, MASK);
      const { presets: all, problems } = presets.list();
      return ok({
        presets: all.map((preset) =>
          presetView(
            preset,
            credentials && {
              credentials,
              refusal: (failed) =>
                withOthers(failed, preset, store.connections.list(), connections.maskedCredentials),
            },
          ),
        ),
        problems: [...problems],
        folder: presets.folder,
      });
    },
    'presets.check': (source) => {
      const { preset, ...rest } = presetFiles.check(source);
      return ok({ preset: preset && presetView(preset, null), ...rest });
    },
    'presets.add': (source) => {
      const added = presetFiles.add(source);
      if (!added.ok) return added;
      const { preset, file } = added.value;
      return ok({ preset: presetView(preset, null), file });
    },
  };
}
