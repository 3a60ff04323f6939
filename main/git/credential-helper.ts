import { createHash, timingSafeEqual } from 'node:crypto';
import type { CallInput, CallOutput } from '../../contract/calls.ts';
import type { Failure } from '../../contract/errors.ts';
import type { ConnectionId } from '../../contract/ids.ts';
import type { BoundTo } from '../connections/folders/ports.ts';
import type { Connections } from '../connections/ports.ts';
import type { Credentials } from '../credentials/access.ts';
import { mainSecret } from '../credentials/sent.ts';
import { cleanText } from '../lib/clean-text.ts';
import { fail, failure, ok, type Result } from '../lib/result.ts';
import type { ProviderRegistry } from '../providers/ports.ts';
import type { Store } from '../store/ports.ts';
import type { ConnectionRecord } from '../store/records.ts';
import { answerLines, readQuestion, type GitAnswer, type GitQuestion } from './attributes.ts';
import { GIT_API, gitConnections, isAt, type Candidate } from './candidates.ts';
import { howGitSends } from './how-git-sends.ts';
import { pickConnection } from './pick-connection.ts';
import type { UserNames } from './user-names.ts';

type Asked = CallInput<'git.credential'>;
type Answered = CallOutput<'git.credential'>;

export interface CredentialHelperOptions {
  store: { connections: Pick<Store['connections'], 'list' | 'active' | 'tokens'>; vault: Store['vault'] };
  registry: Pick<ProviderRegistry, 'get'>;
  connections: Pick<Connections, 'resolve' | 'readCredentials' | 'test'>;
  userNames: UserNames;
  boundTo: BoundTo;
}

/** A clone may take a while until its last request. */
const MIN_TTL_MS = 120_000;

const NOTHING: Answered = { attributes: '', failure: null };

/** Answers what git asks a credential helper (gitcredentials(7)); every decision is made here. */
export function createCredentialHelper(
  options: CredentialHelperOptions,
): (asked: Asked) => Promise<Answered> {
  const { store, registry, connections, userNames, boundTo } = options;
  /** Of a secret that git said was refused, by connection. */
  const refused = new Map<ConnectionId, Buffer>();

  /** The connections that are for what git asks about. */
  function candidatesFor(question: GitQuestion, reference: string | undefined): Result<Candidate[]> {
    const all = gitConnections(store.connections.list(), registry);
    const there = all.filter(({ address }) => isAt(address.url, question));
    if (reference === undefined) return ok(there);
    const named = connections.resolve(reference);
    return named.ok
      ? ok(there.filter(({ connection }) => connection.id === named.value.id))
      : fail(named.error.code, named.error.message, 'See what git uses: tokentray git list');
  }

  async function get(question: GitQuestion, { connection: reference, folder }: Asked): Promise<Answered> {
    const candidates = candidatesFor(question, reference);
    if (!candidates.ok) return quit(candidates.error);
    const isChoice = folder !== undefined && candidates.value.length > 1;
    const bound = isChoice ? boundTo(folder, GIT_API) : ok(null);
    if (!bound.ok) return quit(bound.error);
    const picked = pickConnection(candidates.value, question, {
      bound: bound.value?.id ?? null,
      isActive: ({ id, provider }) => store.connections.active(provider) === id,
    });
    if (!picked.ok) return quit(picked.error);
    if (picked.value === null) return NOTHING;
    const answer = await answerOf(picked.value, question);
    return answer.ok ? { attributes: answerLines(answer.value), failure: null } : quit(answer.error);
  }

  async function answerOf(candidate: Candidate, question: GitQuestion): Promise<Result<GitAnswer>> {
    const { id } = candidate.connection;
    const opened = await store.vault.open();
    if (!opened.ok) return opened;
    const known = refused.get(id);
    if (known !== undefined) {
      const current = secretOf(candidate.connection);
      // Still the one that was refused: why is better than to have it refused again.
      if (current !== null && timingSafeEqual(hashOf(current), known)) {
        const why = await whyRefused(candidate, question, known);
        if (why?.code === 'needs-reconnect') return failure(why);
      }
      refused.delete(id);
    }
    const credentials = await connections.readCredentials(id, MIN_TTL_MS);
    return credentials.ok ? asGitSends(candidate, credentials.value, question) : credentials;
  }

  async function asGitSends(
    candidate: Candidate,
    credentials: Credentials,
    question: GitQuestion,
  ): Promise<Result<GitAnswer>> {
    const how = howGitSends(candidate, question);
    const { accessToken: secret, expiresAt, connection } = credentials;
    if (how === 'bearer') return ok({ kind: 'bearer', secret, expiresAt });
    if (how === 'not') {
      const definition = registry.get(connection.provider);
      return fail(
        'unsupported',
        `${definition.ok ? definition.value.name : question.host} takes the token of “${connection.name}” in a way that this git cannot send.`,
        'Install git 2.46 or newer, or connect with a personal access token.',
      );
    }
    const username = how === 'of-the-person' ? await userNames(credentials) : ok(how.username);
    return username.ok ? ok({ kind: 'basic', username: username.value, secret, expiresAt }) : username;
  }

  /** Git was refused: finds out why, and renews what can be renewed. An older secret says nothing about this one. */
  async function erase(question: GitQuestion, { connection }: Asked): Promise<Answered> {
    const { state } = store.vault.status;
    if (question.secret === null || (state !== 'ready' && state !== 'session-only')) return NOTHING;
    const hash = hashOf(question.secret);
    const candidates = candidatesFor(question, connection);
    const meant = (candidates.ok ? candidates.value : []).find((candidate) => {
      const secret = secretOf(candidate.connection);
      return secret !== null && timingSafeEqual(hashOf(secret), hash);
    });
    if (meant === undefined) return NOTHING;
    refused.set(meant.connection.id, hash);
    return { attributes: '', failure: await whyRefused(meant, question, hash) };
  }

  /** Tests the connection, which renews a token that ended early. Null: it works, and git may try again. */
  async function whyRefused(
    { connection }: Candidate,
    { host }: GitQuestion,
    hash: Buffer,
  ): Promise<Failure | null> {
    const name = cleanText(connection.name, 80);
    const tested = await connections.test(connection.id);
    if (!tested.ok) return tested.error;
    const current = secretOf(connection);
    if (current !== null && !timingSafeEqual(hashOf(current), hash))
      return {
        code: 'temporary',
        message: `The token of “${name}” had ended early; there is a new one now.`,
        hint: 'Run the git command again.',
      };
    const wrong = tested.value.results.find((result) => !result.ok);
    if (wrong !== undefined) {
      const { code = 'refused', message, hint } = wrong;
      return { code, message, ...(hint !== undefined && { hint }) };
    }
    return {
      code: 'refused',
      message: `${host} refused “${name}” for this repository, although its token works.`,
      hint: `It may lack a permission for repositories, or its account may not see this one. See: tokentray test ${JSON.stringify(name)}`,
    };
  }

  /** The secret that git was or would be given; null while it cannot be read. */
  function secretOf({ id, sent }: ConnectionRecord): string | null {
    const tokens = store.connections.tokens(id);
    return tokens.ok ? mainSecret(sent, tokens.value.accessToken) : null;
  }

  return async (asked) => {
    const question = readQuestion(asked.attributes);
    if (question === null) return NOTHING;
    if (asked.operation === 'get') return get(question, asked);
    return asked.operation === 'erase' ? erase(question, asked) : NOTHING;
  };
}

/** The person learns why; a password that they would type, or another helper has, is not what was meant. */
const quit = (why: Failure): Answered => ({ attributes: answerLines({ kind: 'quit' }), failure: why });

const hashOf = (secret: string): Buffer => createHash('sha256').update(secret).digest();
