import { expect, test } from 'vitest';
import { answerLine } from '../../../main/atlassian/answer-line.ts';
import { witness } from '../../../main/atlassian/witness.ts';
import { headerOf, type Sent } from '../../../main/credentials/sent.ts';

const SECRET = 'canary-7c1f-0123456789';

test.each<[string, string, string]>([
  [
    '{"accountId":"5b10","displayName":"Ana"}',
    'one line of JSON',
    '{"accountId":"5b10","displayName":"Ana"}',
  ],
  ['{\n  "a": 1,\n  "b": "x"\n}\n', 'JSON over several lines', '{ "a": 1, "b": "x" }'],
  ['\n\n<!doctype html>\n<html>', 'a page', '<!doctype html>'],
  ['', 'nothing', ''],
  ['a\u202Eb\u0007c\u200Bd', 'marks that mislead', 'a b c d'],
  [`echo ${SECRET}`, 'the credential', 'echo ‹redacted›'],
  ['{"refresh_token":"abcdefghijk"}', 'another secret', '{"refresh_token":"‹redacted›"}'],
])('%j: %s', (text, _, line) => {
  expect(answerLine(text, [SECRET])).toBe(line);
});

test.each<[string, (secret: string) => string]>([
  ['in capitals', (secret) => secret.toUpperCase()],
  ['strewn with marks that nobody sees', (secret) => Array.from(secret).join('\u200B')],
  ['written backwards and forwards', (secret) => `\u202E${Array.from(secret).join('\u2060')}\u202C`],
  ['with control characters between', (secret) => Array.from(secret).join('\u0007')],
  ['in JSON as PHP writes it', (secret) => JSON.stringify({ a: secret }).replaceAll('/', '\\/')],
  ['in HTML as templates write it', (secret) => secret.replaceAll('/', '&#x2F;')],
  ['in an address', (secret) => `https://x.example/?a=${encodeURIComponent(secret)}`],
  ['in Base64 for addresses', (secret) => Buffer.from(`x${secret}y`).toString('base64url')],
  ['in hexadecimal', (secret) => Buffer.from(secret).toString('hex').toUpperCase()],
])('a secret is taken out %s', (_, form) => {
  const secret = 'aaaa/bbbb/cccc+dddd/eeee-ffff/gggg';
  const shown = answerLine(`before ${form(secret)} after`, [secret]);
  expect(shown).toContain('‹redacted›');
  expect(shown.replace(/[^a-g]/gi, ' ')).not.toMatch(/([b-g])\1{2}/i);
  expect(shown).not.toMatch(/6262|YmJi/i);
});

test.each([
  ['long', Array.from({ length: 4000 }, (_, at) => (at * 7919).toString(36)).join('')],
  ['of one letter', 'q'.repeat(20_000)],
])('a secret is taken out that is %s', (_, secret) => {
  expect(answerLine(secret, [`Bearer ${secret}`, secret])).toBe('‹redacted›');
  expect(answerLine(`ok ${secret.slice(5000)}`, [secret])).toBe('ok ‹redacted›');
  expect(answerLine('x'.repeat(300), [secret])).not.toContain('redacted');
});

test('is never long, and a secret at the cut is not shown in part', () => {
  const line = answerLine(`${'x'.repeat(190)}${SECRET}${'y'.repeat(100_000)}`, [SECRET]);
  expect(line.length).toBeLessThanOrEqual(200);
  expect(line).not.toContain('canary');
});

test.each<[string, Sent, string]>([
  ['Bearer', { as: 'bearer' }, SECRET],
  ['Basic', { as: 'basic', username: 'ana@acme.example' }, SECRET],
  [
    'headers of its own',
    { as: 'header', name: 'X-Key', prefix: 'Key ', also: [{ name: 'X-App', prefix: '' }] },
    `${SECRET}\nother-canary-987654`,
  ],
  ['a value with a space in it', { as: 'header', name: 'X-Key', prefix: '' }, `canary-99 ${SECRET}`],
])('a service that sends back what it was sent by %s shows none of it', async (_, sent, secret) => {
  const header = headerOf(sent, secret);
  const echo = JSON.stringify([header, secret, Buffer.from(`a:${secret}`).toString('base64')]);
  let ms = 0;
  const seen = witness(() => Promise.resolve(new Response(echo, { status: 418 })), header, {
    monotonicMs: () => (ms += 21.4),
  });
  const answer = await seen.fetch('https://api.example/me', { method: 'POST' });
  expect(await answer.text()).toBe(echo);
  expect(seen.seen()).toMatchObject({ method: 'POST', url: 'https://api.example/me', status: 418, ms: 21 });
  const shown = JSON.stringify(seen.seen());
  for (const part of secret.split(/[\n ]/)) expect(shown).not.toContain(part.slice(0, 12));
  expect(shown).not.toContain(Buffer.from(`a:${secret}`).toString('base64').slice(4, 16));
});

test('a request that nobody answers is shown without a status', async () => {
  const seen = witness(
    () => Promise.reject(new TypeError('fetch failed')),
    headerOf({ as: 'bearer' }, SECRET),
    {
      monotonicMs: () => 5,
    },
  );
  await expect(seen.fetch('https://api.example/me')).rejects.toThrow('fetch failed');
  expect(seen.seen()).toEqual({
    method: 'GET',
    url: 'https://api.example/me',
    status: null,
    ms: 0,
    line: '',
  });
});
