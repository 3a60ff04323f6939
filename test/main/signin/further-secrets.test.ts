import { expect, test } from 'vitest';
import type { SignInId } from '../../../contract/ids.ts';
import type { SignInStage } from '../../../contract/sign-in.ts';
import { headerOf, mainSecret, maskedHeader, type Sent } from '../../../main/credentials/sent.ts';
import type { Fetch } from '../../../main/lib/bounded-fetch.ts';
import { systemClock } from '../../../main/lib/clock.ts';
import { BUNDLED_DEFINITIONS } from '../../../main/providers/bundled.ts';
import { onInstance } from '../../../main/providers/instance.ts';
import type { Conversation } from '../../../main/signin/method.ts';
import { PastedSecret } from '../../../main/signin/methods/pasted-secret.ts';
import type { Obtained, SignInRequest } from '../../../main/signin/ports.ts';

const TWO: Sent = {
  as: 'header',
  name: 'DD-API-KEY',
  prefix: '',
  also: [{ name: 'DD-APPLICATION-KEY', prefix: '' }],
};

test('several secrets go in a header each; one that is asked for is the first', () => {
  expect(headerOf(TWO, 'one\ntwo')).toEqual({
    name: 'dd-api-key',
    value: 'one',
    also: [{ name: 'dd-application-key', value: 'two' }],
  });
  expect(mainSecret(TWO, 'one\ntwo')).toBe('one');
  expect(maskedHeader(TWO, '•••')).toEqual({
    name: 'dd-api-key',
    value: '•••',
    also: [{ name: 'dd-application-key', value: '•••' }],
  });
  const one: Sent = { as: 'header', name: 'X-Key', prefix: 'k ' };
  expect(headerOf(one, 'a')).toEqual({ name: 'x-key', value: 'k a' });
  expect(maskedHeader(one, '•••')).toEqual({ name: 'x-key', value: 'k •••' });
  expect(mainSecret({ as: 'basic', username: 'mia' }, 'a')).toBe('a');
});

test('both keys of Datadog are asked for, sent and kept', async () => {
  const definition = BUNDLED_DEFINITIONS.find(({ id }) => id === 'datadog');
  if (!definition) throw new Error('Datadog is not bundled');
  const sent: Headers[] = [];
  const fetch: Fetch = (_url, init) => {
    sent.push(new Headers(init?.headers));
    return Promise.resolve(new Response('{"valid":true}'));
  };
  const request = {
    provider: definition.id,
    method: 'api-key',
    url: null,
    username: null,
    expiresAt: null,
  } as SignInRequest;
  const prepared = await new PastedSecret({ clock: systemClock }).prepare(request, definition);
  if (!prepared.ok) throw new Error(prepared.error.message);
  const attempt = prepared.value;
  const fields = attempt.stage.stage === 'enter-secret' ? attempt.stage.fields : [];
  expect(fields.map(({ name, label, kind }) => [name, label, kind])).toEqual([
    ['url', 'Address', 'url'],
    ['secret', 'API key', 'secret'],
    ['secret-2', 'Application key', 'secret'],
  ]);

  const finished: Obtained[] = [];
  let stage: SignInStage = attempt.stage;
  const conversation = {
    id: 'x' as SignInId,
    request,
    definition: onInstance(definition, null),
    fetch,
    signal: new AbortController().signal,
    get stage() {
      return stage;
    },
    show: (next: SignInStage) => {
      stage = next;
    },
    finish: (obtained: Obtained) => {
      finished.push(obtained);
      return Promise.resolve();
    },
  } as unknown as Conversation;

  expect(await attempt.answer?.(conversation, { secret: 'api' })).toMatchObject({
    ok: false,
    error: { message: 'The Application key is empty.' },
  });
  expect(sent).toEqual([]);
  expect(await attempt.answer?.(conversation, { secret: ' api ', 'secret-2': '"app"\n' })).toMatchObject({
    ok: true,
  });
  expect(sent[0]?.get('dd-api-key')).toBe('api');
  expect(sent[0]?.get('dd-application-key')).toBe('app');
  expect(finished).toMatchObject([{ sent: TWO, tokens: { accessToken: 'api\napp' } }]);
});
