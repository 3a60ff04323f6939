import type { ExportTarget } from '../../../contract/export.ts';
import { fail, failure, ok, type Result } from '../../lib/result.ts';
import type { Handlers } from '../dispatcher.ts';
import type { Services } from '../services.ts';

type ExportCalls = Extract<keyof Handlers, `exports.${string}`>;

/** Stands in for secrets in previews. */
const MASK = '••••••••';

export function exportHandlers({ store, connections, exports }: Services): Pick<Handlers, ExportCalls> {
  function target(connection: string | undefined, provider: string | undefined): Result<ExportTarget> {
    const found = connections.resolve(connection);
    if (found.ok && connection !== undefined)
      return ok({ follows: 'connection', connection: found.value.id });
    if (!found.ok && (connection !== undefined || provider === undefined)) return failure(found.error);
    const follows = provider ?? (found.ok ? found.value.provider : undefined);
    return follows === undefined
      ? fail('not-found', 'There is no connection to follow.')
      : ok({
          follows: 'active',
          provider: follows as ExportTarget extends { provider: infer P } ? P : never,
        });
  }

  return {
    'exports.list': () => ok({ exports: exports.list() }),
    'exports.add': async (input) => {
      const opened = await store.vault.open();
      if (!opened.ok) return opened;
      const follows = target(input.connection, input.provider);
      if (!follows.ok) return follows;
      return exports.add({
        file: input.file,
        target: follows.value,
        preset: input.preset ?? 'atlassian',
        format: input.format ?? 'dotenv',
        mode: input.mode,
        allowDuplicateKeys: input.allowDuplicateKeys ?? false,
      });
    },
    'exports.write': async (input) => {
      const opened = await store.vault.open();
      if (!opened.ok) return opened;
      const written = await exports.write(input.export ?? null);
      return written.ok ? ok({ exports: written.value }) : written;
    },
    'exports.remove': (input) => exports.remove(input.export, { keepFile: input.keepFile }),
    'exports.preview': async ({ connection, preset = 'atlassian', format = 'dotenv' }) => {
      const found = connections.resolve(connection);
      if (!found.ok) return failure(found.error);
      const rendered = exports.render(connections.maskedCredentials(found.value, MASK), preset, format);
      return Promise.resolve(rendered);
    },
  };
}
