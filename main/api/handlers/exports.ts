import { existsSync, statSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import type { ExportTarget } from '../../../contract/export.ts';
import type { ProviderId } from '../../../contract/ids.ts';
import { pathFault } from '../../../contract/path-fault.ts';
import { expandTilde } from '../../../contract/paths.ts';
import type { ExportRequest } from '../../exports/ports.ts';
import { homeFolder } from '../../lib/home-folder.ts';
import { fail, failure, ok, type Result } from '../../lib/result.ts';
import type { Handlers, ParsedInput } from '../dispatcher.ts';
import { damagedOf, removeDamaged } from '../remove-damaged.ts';
import type { Services } from '../services.ts';

type ExportCalls = Extract<keyof Handlers, `exports.${string}`>;

/** Outside a shell, nothing else expands the `~` that people type. */
const HOME = { platform: process.platform, homedir: homeFolder() };

const expanded = (reference: string): string => expandTilde(reference, HOME) ?? reference;

/** Of a folder, the `.env` in it, as when it ends with a slash. One that is itself called `.env…` was hardly meant. */
const envFileOf = (file: string): string =>
  path.isAbsolute(file) &&
  !file.includes('\0') &&
  !path.basename(file).startsWith('.env') &&
  statSync(file, { throwIfNoEntry: false })?.isDirectory() === true
    ? path.join(file, '.env')
    : file;

/** In the place of secrets in previews. */
const MASK = '••••••••';

/** Stands for it while a preview is written: every format can hold it as it is. */
const MASKED = 'TOKENTRAY.MASKED.SECRET';

const shown = (text: string): string => text.replaceAll(MASKED, MASK);

export function exportHandlers(services: Services): Pick<Handlers, ExportCalls> {
  const { store, connections, exports, folders, registry } = services;
  function target(
    file: string,
    connection: string | undefined,
    provider: ProviderId | undefined,
  ): Result<ExportTarget> {
    if (connection === undefined && provider !== undefined) {
      const known = registry.get(provider);
      return known.ok ? ok({ follows: 'active', provider }) : known;
    }
    const folder = path.dirname(path.normalize(file));
    if (connection === undefined && path.isAbsolute(folder) && existsSync(folder)) {
      const bound = folders.boundTo(folder);
      if (!bound.ok) return bound;
      if (bound.value !== null) return ok({ follows: 'folder', folder });
    }
    const found = connections.resolve(connection);
    if (!found.ok) return failure(found.error);
    return ok(
      connection === undefined
        ? { follows: 'active', provider: found.value.provider }
        : { follows: 'connection', connection: found.value.id },
    );
  }

  async function requestOf(input: ParsedInput<'exports.add'>): Promise<Result<ExportRequest>> {
    const opened = await store.vault.open();
    if (!opened.ok) return opened;
    const given = expandTilde(input.file, HOME);
    if (given === null) {
      const other = pathFault(input.file);
      if (other !== null) return failure(other);
      return fail(
        'invalid-input',
        `“${input.file}” is in your home folder, but there is none.`,
        'Give the full path, such as /home/ana/project/.env.',
      );
    }
    const file = envFileOf(given);
    const follows = target(file, input.connection, input.provider);
    if (!follows.ok) return follows;
    return ok({
      file,
      target: follows.value,
      preset: input.preset ?? 'atlassian',
      format: input.format,
      mode: input.mode,
      inPlace: input.inPlace ?? false,
      allowDuplicateKeys: input.allowDuplicateKeys ?? false,
      allowSharedFolder: input.allowSharedFolder ?? false,
    });
  }

  return {
    'exports.list': () => ok({ exports: exports.list(), ...damagedOf(services, 'export') }),
    'exports.add': async (input) => {
      const request = await requestOf(input);
      return request.ok ? exports.add(request.value) : request;
    },
    'exports.change': async ({ export: reference, ...input }) => {
      const request = await requestOf(input);
      return request.ok ? exports.change(expanded(reference), request.value) : request;
    },
    'exports.write': async (input) => {
      const opened = await store.vault.open();
      if (!opened.ok) return opened;
      const written = await exports.write(input.export === undefined ? null : expanded(input.export));
      return written.ok ? ok({ exports: written.value }) : written;
    },
    'exports.remove': async (input) => {
      const removed = await exports.remove(expanded(input.export), { keepFile: input.keepFile });
      if (removed.ok || removed.error.code !== 'not-found') return removed;
      const damaged = removeDamaged(services, 'export', input.export);
      if (damaged?.ok !== true) return damaged ?? removed;
      return ok({ id: damaged.value.id, file: damaged.value.name });
    },
    'exports.check': async (input) => {
      const checked = await exports.check(input.export === undefined ? null : expanded(input.export));
      return checked.ok ? ok({ checks: checked.value }) : checked;
    },
    'exports.cure': (input) => exports.cure(expanded(input.export), input.cure),
    'exports.preview': ({ connection, preset = 'atlassian', format }) => {
      const found = connections.resolve(connection);
      if (!found.ok) return failure(found.error);
      const rendered = exports.render(connections.maskedCredentials(found.value, MASKED), preset, format);
      if (!rendered.ok) return rendered;
      const { text, variables } = rendered.value;
      return ok({
        text: shown(text),
        variables: variables.map((variable) => ({ ...variable, value: shown(variable.value) })),
      });
    },
  };
}
