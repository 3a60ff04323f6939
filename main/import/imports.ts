import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import path from 'node:path';
import type { CallInput, CallOutput } from '../../contract/calls.ts';
import type { ImportNote, ImportResult } from '../../contract/import.ts';
import { ProviderId } from '../../contract/ids.ts';
import { deadline } from '../lib/deadline.ts';
import type { Disposable } from '../lib/disposable.ts';
import { fail, ok, type Result } from '../lib/result.ts';
import type { SignIns } from '../signin/ports.ts';
import { otherKeychainItem } from '../store/other-keychain.ts';
import type { Store } from '../store/ports.ts';
import { placeText, type Candidate, type Note } from './candidate.ts';
import { cloudOf, isCloudSite } from './cloud-site.ts';
import { lookAround } from './look-around.ts';
import { merge, type Found } from './merge.ts';
import type { Imports } from './ports.ts';
import type { Source } from './source.ts';
import type { Connections } from '../connections/ports.ts';
import type { Refresher } from '../refresh/ports.ts';
import { createNameTaken, type NameTakenParts } from './name-taken.ts';
import { takeGrant, type TakeGrantParts } from './take-grant.ts';
import { takeSecret } from './take-secret.ts';
import { candidateView, clearFiles, problemOf } from './view.ts';

/** How long what was found can be taken. */
const KEEP_MS = 10 * 60_000;
const ATLASSIAN = ProviderId.parse('atlassian');

export interface ImportsOptions extends Omit<TakeGrantParts, 'naming'>, NameTakenParts {
  store: Store;
  connections: Connections;
  refresher: Pick<Refresher, 'refresh' | 'onChange'>;
  signIns: SignIns;
  /** Items of other programs. */
  keychain?: typeof otherKeychainItem;
}

export function createImports(options: ImportsOptions): Imports {
  const { store, registry, clients, connections, clock, keychain = otherKeychainItem } = options;
  const naming = createNameTaken(options);
  /** Of the last search; secrets stay here. */
  let held = new Map<string, Found>();
  let limit: Disposable | null = null;

  function hold(found: readonly Found[]): Map<string, Found> {
    void limit?.dispose();
    held = new Map(found.map((one) => [randomUUID(), one]));
    limit = deadline(clock, KEEP_MS, () => {
      held = new Map();
    });
    return held;
  }

  /** The name of the connection that has this very secret. */
  function connectedAs({ provider, secret, grant }: Candidate): string | null {
    if (store.vault.status.state !== 'ready' && store.vault.status.state !== 'session-only') return null;
    for (const { id, name, provider: other } of store.connections.list()) {
      if (other !== provider) continue;
      const tokens = store.connections.tokens(id);
      if (!tokens.ok) continue;
      const { accessToken, refreshToken } = tokens.value;
      if (grant === null ? accessToken === secret : refreshToken === grant.refreshToken) return name;
    }
    return null;
  }

  async function takeOne(id: string, takeOver: boolean): Promise<ImportResult> {
    const from = held;
    const found = from.get(id);
    // Taken out first: a second call at the same time would make a second connection, or end the grant.
    from.delete(id);
    const taken = found
      ? await takeFound(found, takeOver)
      : fail('not-found', 'This was found too long ago.', 'Look again: tokentray import');
    if (!taken.ok) {
      if (found) from.set(id, found);
      return { id, connection: null, error: taken.error, notes: [] };
    }
    const view = connections.view(taken.value.id);
    return view.ok
      ? { id, connection: view.value, error: null, notes: taken.value.notes }
      : { id, connection: null, error: view.error, notes: [] };
  }

  async function takeFound(found: Found, takeOver: boolean): ReturnType<typeof takeGrant> {
    const problem = problemOf(found, registry, clients);
    if (problem !== null) return { ok: false, error: problem };
    const connection = connectedAs(found.candidate);
    if (connection !== null) return fail('conflict', `It is connected already, as “${connection}”.`);
    const { grant } = found.candidate;
    if (grant !== null) return takeGrant(found, grant, takeOver, { ...options, naming });
    const taken = await takeSecret(found, options);
    return taken.ok ? ok({ id: taken.value, notes: [] }) : taken;
  }

  /** Without the keychain: in files only. */
  async function search(
    request: CallInput<'import.find'>,
    sources: readonly Source[],
    withKeychain: boolean,
  ): Promise<{ found: Found[]; notes: (Note & { source: Source })[] }> {
    const definition = registry.get(ATLASSIAN);
    const notes: (Note & { source: Source })[] = [];
    const all: { source: Source; candidate: Candidate }[] = [];
    for (const source of sources) {
      const surroundings = lookAround({
        folder: request.folder ?? null,
        file: request.file ?? null,
        now: clock.now(),
        keychain: (service, account) =>
          withKeychain
            ? keychain(
                service,
                account,
                (store.keychainSessions ?? []).map(({ address }) => address),
              )
            : Promise.resolve(null),
        isCloudSite: (address) => isCloudSite(address, definition.ok ? definition.value : null),
        note: (note) => notes.push({ ...note, source }),
      });
      for (const candidate of await source.find(surroundings)) {
        const address = candidate.address ?? request.site ?? null;
        all.push({
          source,
          candidate: {
            ...candidate,
            provider: cloudOf(candidate.provider, address),
            address,
            username: candidate.username ?? request.username ?? null,
          },
        });
      }
    }
    return { found: merge(all), notes };
  }

  return {
    async find(request) {
      // Only an import needs them: the start does not wait for them to load.
      const { ALL_SOURCES } = await import('./all-sources.ts');
      const sources = sourcesFor(request, ALL_SOURCES);
      if (!sources.ok) return sources;
      const { found, notes } = await search(request, sources.value, true);
      const candidates = [...hold(found)].map(([id, one]) =>
        candidateView(id, one, { registry, clients, connection: connectedAs(one.candidate) }),
      );
      return ok({
        candidates,
        notes: notesOf(notes),
        clear: clearFiles(found, notes),
        looked: sources.value.map(({ id, name, looksAt }) => ({ source: id, name, looksAt })),
      });
    },
    async clearFiles() {
      const { ALL_SOURCES } = await import('./all-sources.ts');
      const { found, notes } = await search({}, ALL_SOURCES, false);
      return clearFiles(found, notes);
    },
    async take({ ids, takeOver }) {
      // Opened first, so that no grant is renewed that could not be stored.
      const opened = await store.vault.open();
      if (!opened.ok) return opened;
      const results: CallOutput<'import.take'>['results'] = [];
      // One after the other: a provider that counts wrong passwords must not see several at once.
      for (const id of new Set(ids)) results.push(await takeOne(id, takeOver));
      return ok({ results });
    },
    forgetSecrets: () => {
      held = new Map();
    },
    dispose: () => {
      void limit?.dispose();
      void naming.dispose();
      held = new Map();
    },
  };
}

/** Each once: two sources may look at the same file. */
function notesOf(notes: readonly (Note & { source: Source })[]): ImportNote[] {
  const shown = new Map<string, ImportNote>();
  for (const { source, place, message } of notes) {
    const at = place === null ? null : placeText(place);
    const key = JSON.stringify([at, message]);
    if (!shown.has(key)) shown.set(key, { source: source.id, place: at, message });
  }
  return [...shown.values()];
}

function sourcesFor({ source, file }: CallInput<'import.find'>, all: readonly Source[]): Result<Source[]> {
  const sources = all.filter(({ id, takesFile }) =>
    source === undefined ? file === undefined || takesFile : id === source,
  );
  if (file === undefined) return ok(sources);
  if (!sources.some(({ takesFile }) => takesFile))
    return fail(
      'invalid-input',
      `${sources[0]?.name ?? 'This program'} keeps its files in one place, so none can be named.`,
      'Leave out --file.',
    );
  if (!path.isAbsolute(file)) return fail('invalid-input', 'The file has no absolute path.');
  return existsSync(file) ? ok(sources) : fail('not-found', `There is no file ${file}.`, 'Check the path.');
}
