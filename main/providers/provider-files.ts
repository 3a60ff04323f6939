import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { CallInput, CallOutput } from '../../contract/calls.ts';
import type { ProviderId } from '../../contract/ids.ts';
import type { Answer, Fetch } from '../lib/bounded-fetch.ts';
import { fail, ok, type Result } from '../lib/result.ts';
import { transportFault } from '../lib/transport-fault.ts';
import { writePrivately } from '../lib/write-privately.ts';
import { talksTo } from './called-addresses.ts';
import { oauth2Of } from './methods.ts';
import type { ProviderRegistry } from './ports.ts';

const MAX_LENGTH = 200_000;

/** Checks files of providers, and keeps them in the person's folder. */
export interface ProviderFiles {
  check(source: CallInput<'providers.check'>): Promise<Result<CallOutput<'providers.check'>>>;
  add(source: CallInput<'providers.add'>): Promise<Result<{ id: ProviderId; file: string }>>;
}

export interface ProviderFilesOptions {
  registry: ProviderRegistry;
  /** Bounded in time and size; follows no redirect. */
  fetch: Fetch;
}

export function createProviderFiles({ registry, fetch }: ProviderFilesOptions): ProviderFiles {
  return {
    check: async (source) => {
      const text = await textOf(fetch, source);
      if (!text.ok) return text;
      const parsed = registry.parse(text.value);
      const digest = digestOf(text.value);
      if (!parsed.ok) return ok({ provider: null, problems: parsed.faults, digest });
      const { definition } = parsed;
      const { bundled, file } = registry.origin(definition.id);
      const client = oauth2Of(definition)?.client;
      return ok({
        provider: {
          id: definition.id,
          name: definition.name,
          methods: definition.methods.map(({ method }) => method),
          talksTo: talksTo(definition),
          client: client
            ? { name: client.name, clientId: client.clientId, hasSecret: client.clientSecret !== undefined }
            : null,
          network: definition.network ?? null,
          changes: bundled,
          replaces: file,
        },
        problems: [],
        digest,
      });
    },
    add: async (source) => {
      const text = await textOf(fetch, source);
      if (!text.ok) return text;
      if (source.digest !== undefined && source.digest !== digestOf(text.value))
        return fail('conflict', 'The file has changed since it was shown.', 'Look at it again.');
      const parsed = registry.parse(text.value);
      if (!parsed.ok) {
        const [fault] = parsed.faults;
        const where = fault?.field ? `${fault.field}: ` : '';
        return fail('invalid-input', where + (fault?.message ?? 'The file cannot be used.'), fault?.hint);
      }
      const { id } = parsed.definition;
      const name = `${id}.${isPlainJson(text.value) ? 'json' : 'jsonc'}`;
      const file = registry.origin(id).file ?? join(registry.folder, name);
      if (existsSync(file) && source.force !== true)
        return fail(
          'conflict',
          `${file} already defines “${id}”.`,
          'Replace it with --force, or remove that file first.',
        );
      const written = writePrivately(file, text.value);
      if (!written.ok) return written;
      registry.reload();
      return ok({ id, file });
    },
  };
}

const digestOf = (text: string): string => createHash('sha256').update(text).digest('hex');

async function textOf(
  fetch: Fetch,
  { text, url }: { text?: string | undefined; url?: string | undefined },
): Promise<Result<string>> {
  if ((text === undefined) === (url === undefined))
    return fail('invalid-input', 'Give either the text of a provider file or its address.');
  if (text !== undefined) return ok(withoutMark(text));
  return download(fetch, url ?? '');
}

const withoutMark = (text: string): string => text.replace(/^\uFEFF/, '');

async function download(fetch: Fetch, address: string): Promise<Result<string>> {
  if (!URL.canParse(address) || new URL(address).protocol !== 'https:')
    return fail(
      'invalid-input',
      'A provider file is only taken from an https: address.',
      'Use such an address, or save the file and add that.',
    );
  const url = new URL(address);
  if (url.username !== '' || url.password !== '')
    return fail(
      'invalid-input',
      'The address has a user name or password in it.',
      'Leave it out, or add a file.',
    );
  let response: Answer;
  let text: string;
  try {
    response = await fetch(url, { headers: { accept: 'application/json, text/plain, */*' } });
    text = await response.text();
  } catch (fault) {
    return fail('offline', `The provider file cannot be loaded: ${transportFault(fault, address).reason}.`);
  }
  const { status } = response;
  if (status >= 300 && status < 400)
    return fail('failed', `${url.host} redirects to another address.`, 'Use the address of the file itself.');
  if (!response.ok) {
    const code = status === 404 ? 'not-found' : status >= 500 || status === 429 ? 'temporary' : 'failed';
    return fail(code, `${url.host} answered with HTTP ${status}.`, 'Check the address.');
  }
  if (text.length > MAX_LENGTH) return fail('invalid-input', 'This is too large for a provider file.');
  return ok(withoutMark(text));
}

function isPlainJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
