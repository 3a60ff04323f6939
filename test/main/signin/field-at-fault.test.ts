import { describe, expect, it } from 'vitest';
import type { SignInId } from '../../../contract/ids.ts';
import type { SignInStage } from '../../../contract/sign-in.ts';
import type { Fetch } from '../../../main/lib/bounded-fetch.ts';
import { ProviderDefinition } from '../../../main/providers/definition.ts';
import { BUNDLED_DEFINITIONS } from '../../../main/providers/bundled.ts';
import type { Conversation } from '../../../main/signin/method.ts';
import { PastedSecret } from '../../../main/signin/methods/pasted-secret.ts';
import { FakeClock } from '../../fakes/fake-clock.ts';
import { signInRequest } from '../../fakes/sign-ins.ts';

/** Made up. */
const SECRET = 'ATATT3x-made-up-secret-0123456789';
const definition = ProviderDefinition.parse(BUNDLED_DEFINITIONS[0]);

const answers =
  (status: number, body: unknown, headers: Record<string, string> = {}): Fetch =>
  () =>
    Promise.resolve(
      new Response(JSON.stringify(body), {
        status,
        headers: { 'content-type': 'application/json', ...headers },
      }),
    );
const fails: Fetch = () => Promise.reject(new TypeError('fetch failed'));

/** Enters `values` and gives the refusal, and the stage that is then shown. */
async function enter(values: Record<string, string>, fetch: Fetch) {
  const request = signInRequest(definition.id, { method: 'api-token' });
  const prepared = await new PastedSecret({ clock: new FakeClock() }).prepare(request, definition);
  if (!prepared.ok) throw new Error(prepared.error.message);
  let stage: SignInStage = prepared.value.stage;
  const conversation: Conversation = {
    id: 'x' as SignInId,
    request,
    definition,
    fetch,
    signal: new AbortController().signal,
    get stage() {
      return stage;
    },
    show: (next) => {
      stage = next;
    },
    left: () => Promise.resolve(),
    work: (task) => task(),
    finish: () => Promise.resolve(),
    fail: () => undefined,
    expire: () => undefined,
  };
  const answered = await prepared.value.answer?.(conversation, values);
  if (answered?.ok !== false) throw new Error('it was accepted');
  return { error: answered.error, stage };
}

const good = { site: 'acme', username: 'ana@acme.example', secret: SECRET, expires: '' };

describe('a refused answer names the field to correct', () => {
  it.each([
    ['no site', { ...good, site: 'http://acme.example' }, fails, 'site'],
    ['no user name', { ...good, username: ' ' }, fails, 'username'],
    ['no secret', { ...good, secret: '' }, fails, 'secret'],
    ['a secret with a space', { ...good, secret: 'two words' }, fails, 'secret'],
    ['no date', { ...good, expires: 'soon' }, fails, 'expires'],
    ['a wrong secret', good, answers(401, {}), 'secret'],
    ['a page instead of the API', good, answers(404, {}), 'site'],
    ['a network that fails', good, fails, undefined],
  ])('%s', async (_name, values, fetch, field) => {
    const { error, stage } = await enter(values, fetch);
    expect(error.field).toBe(field);
    // What was entered comes back, all but the secret.
    expect(JSON.stringify(stage)).not.toContain(SECRET);
  });
});
