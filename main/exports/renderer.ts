import type { ExportFormat } from '../../contract/export.ts';
import type { Credentials } from '../credentials/access.ts';
import type { MaskedCredentials } from '../credentials/ports.ts';
import { failure, type Result } from '../lib/result.ts';
import type { ConnectionStore } from '../store/ports.ts';
import { servesConnection } from './presets/choose-variant.ts';
import { withOthers } from './presets/others.ts';
import type { PresetRegistry } from './presets/registry.ts';
import { render, type Rendered } from './render.ts';

export interface Renderer {
  /** `advise`: a refusal says which of the person's connections the preset serves. */
  readonly render: (
    credentials: Credentials,
    preset: string,
    format: ExportFormat | undefined,
    options?: { advise: boolean },
  ) => Result<Rendered>;
}

/** Renders presets by name. */
export const createRenderer = (
  presets: Pick<PresetRegistry, 'get'>,
  connections: Pick<ConnectionStore, 'list'>,
  masked: MaskedCredentials,
): Renderer => ({
  render: (credentials, name, format, options = { advise: true }) =>
    render(credentials, format, () => {
      const preset = presets.get(name);
      if (!preset.ok) return preset;
      const served = options.advise ? servesConnection(preset.value, credentials) : null;
      return served?.ok === false
        ? failure(withOthers(served.error, preset.value, connections.list(), masked))
        : preset;
    }),
});
