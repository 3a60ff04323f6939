import type { ProviderId } from '../../contract/ids.ts';
import type { OAuthClientView, ProviderProblem, ProviderView } from '../../contract/provider.ts';
import { cleanText } from '../lib/clean-text.ts';
import { Emitter } from '../lib/emitter.ts';
import type { Logger } from '../lib/log.ts';
import { fail, ok } from '../lib/result.ts';
import { BUNDLED_DEFINITIONS } from './bundled.ts';
import { consoleOf } from './console-of.ts';
import { listDefinitionFiles, readDefinitionFile } from './definition-file.ts';
import { parseDefinition, type ParsedDefinition } from './definition-parse.ts';
import type { ProviderDefinition } from './definition.ts';
import { onInstance, openable } from './instance.ts';
import { meantProviders } from './meant.ts';
import { oauth2Of } from './methods.ts';
import type { ProviderRegistry } from './ports.ts';
import { setupView } from './setup-view.ts';

interface Entry {
  definition: ProviderDefinition;
  origin: ProviderView['origin'];
  file: string | null;
}

export interface ProviderRegistryOptions {
  /** Where the person's own definitions (`*.json`, `*.jsonc`) are; need not exist. */
  folder: string;
  /** What Tokentray includes, if not everything. */
  bundled?: readonly ProviderDefinition[];
  /** The sandbox's definitions; each replaces the bundled one of its id. */
  extra?: readonly ProviderDefinition[];
  /** The OAuth clients of a provider, for the views. */
  clients: (provider: ProviderId) => OAuthClientView[];
  logger: Logger;
}

/**
 * Bundled definitions, overridden or extended by the person's files. A file that cannot be used becomes a problem and
 * changes nothing. Never throws because of the folder's contents.
 */
export function createProviderRegistry(options: ProviderRegistryOptions): ProviderRegistry {
  const { folder, bundled = BUNDLED_DEFINITIONS, extra = [], clients, logger } = options;
  const changed = new Emitter<void>();
  const base = new Map<ProviderId, Entry>();
  for (const definition of bundled) base.set(definition.id, { definition, origin: 'bundled', file: null });
  for (const definition of extra) base.set(definition.id, { definition, origin: 'sandbox', file: null });

  let entries = base;
  let problems: ProviderProblem[] = [];

  const read = (): void => {
    entries = new Map(base);
    problems = [];
    const files = listDefinitionFiles(folder);
    if (!files.ok) report(folder, null, files.error.message, files.error.hint ?? '');
    for (const file of files.ok ? files.value : []) readOne(file);
  };

  const parse = (text: string): ParsedDefinition =>
    parseDefinition(
      text,
      (id) => base.get(id)?.definition,
      // Not the sandbox's: what signs in at a real address has nothing to do with it.
      (tokenUrl) => bundled.find(signsInAt(tokenUrl)),
    );

  const readOne = (file: string): void => {
    const text = readDefinitionFile(file);
    if (!text.ok) {
      report(file, null, text.error.message, text.error.hint ?? '');
      return;
    }
    const parsed = parse(text.value);
    if (!parsed.ok) {
      for (const { field, message, hint } of parsed.faults) report(file, field, message, hint);
      return;
    }
    const { definition } = parsed;
    const other = entries.get(definition.id)?.file;
    if (other) {
      report(file, 'id', `${other} already defines “${definition.id}”.`, 'Keep one of the two files.');
      return;
    }
    const origin = base.has(definition.id) ? 'override' : 'added';
    entries.set(definition.id, { definition, origin, file });
  };

  const report = (file: string, field: string | null, message: string, hint: string): void => {
    problems.push({ file, field, message, hint });
    logger.warn('providers.file-refused', { file, field, message });
  };

  read();
  return {
    folder,
    onChange: changed.event,
    list: () => [...entries.values()].map((entry) => viewOf(entry, clients(entry.definition.id))),
    problems: () => [...problems],
    get: (id, instance = null) => {
      const entry = entries.get(id);
      if (entry) return ok(onInstance(entry.definition, instance));
      const meant = meantProviders(
        id,
        [...entries.values()].map(({ definition }) => definition),
      );
      const hint =
        meant.length > 0
          ? `Did you mean ${meant.map((one) => `“${one}”`).join(', or ')}? All of them: tokentray providers`
          : `Use one of these: ${[...entries.keys()].join(', ')}.`;
      return fail('not-found', `There is no provider “${cleanText(id, 80)}”.`, hint);
    },
    parse,
    origin: (id) => ({ bundled: base.has(id), file: entries.get(id)?.file ?? null }),
    reload: () => {
      read();
      changed.emit();
    },
  };
}

const signsInAt =
  (tokenUrl: string) =>
  (definition: ProviderDefinition): boolean =>
    oauth2Of(onInstance(definition, null))?.tokenUrl === tokenUrl;

function viewOf({ definition: raw, origin, file }: Entry, clients: OAuthClientView[]): ProviderView {
  const definition = onInstance(raw, null);
  const oauth2 = oauth2Of(definition);
  const { instance } = definition;
  return {
    id: definition.id,
    name: definition.name,
    methods: definition.methods.map(({ method }) => method),
    grants: oauth2?.grants ?? [],
    needsClient: oauth2 !== null && oauth2.registrationUrl === undefined && !oauth2.discovery,
    instance: instance ? { example: instance.example, value: instance.default ?? null } : null,
    apis: definition.apis.map(({ id, name, scopePattern, console }) => ({
      id,
      name,
      scopePattern: scopePattern ?? null,
      console: console ?? null,
    })),
    tried: definition.tried,
    source: definition.source ?? null,
    origin,
    file,
    scopes: (oauth2?.scopes ?? []).map(({ scope, description }) => ({
      scope,
      description,
      console: consoleOf(definition, scope),
    })),
    requiredScopes: oauth2?.requiredScopes ?? [],
    defaultScopes: oauth2?.defaultScopes ?? [],
    scopePresets: (oauth2?.scopePresets ?? []).map(({ name, description, scopes, notice }) => ({
      name,
      description: description ?? null,
      scopes,
      notice: notice ?? null,
    })),
    docsUrl: openable(definition.docsUrl),
    registerUrl: openable(definition.registerUrl),
    defaultRedirectUri: oauth2?.defaultRedirectUri ?? null,
    setup: setupView(definition),
    clients,
  };
}
