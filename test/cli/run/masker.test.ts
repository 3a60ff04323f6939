import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { Masker } from '../../../cli/run/mask/masker.ts';
import { secretForms } from '../../../cli/run/mask/secret-forms.ts';

const SECRET = 'eyJhbGci.T0k-en/x+y==';

/** What comes out when the pieces go in one after the other. */
function masked(pieces: readonly (string | Uint8Array)[], secrets: readonly string[] = [SECRET]): string {
  const masker = new Masker(secretForms(secrets));
  const parts = pieces.map((piece) => masker.write(Buffer.from(piece)));
  return Buffer.concat([...parts, masker.end()]).toString();
}

const basic = (user: string, secret = SECRET): string => Buffer.from(`${user}:${secret}`).toString('base64');

describe('a secret is masked', () => {
  it.each([
    ['as it is', `a ${SECRET} b`, 'a ••• b'],
    ['several times, side by side', `${SECRET}${SECRET}`, '••••••'],
    ['in JSON', JSON.stringify({ token: 'quo"te\\d-secret' }), '{"token":"•••"}'],
    ['in an address', `?t=${encodeURIComponent(SECRET)}&u`, '?t=•••&u'],
    ['in an address in lower case', '?t=eyJhbGci.T0k-en%2fx%2by%3d%3d', '?t=•••'],
    ['alone in Base64', Buffer.from(SECRET).toString('base64'), '•••'],
    ['with a line of a longer one', 'x\nsecond-line-of-it\ny', 'x\n•••\ny'],
  ])('%s', (_, text, out) => {
    expect(masked([text], [SECRET, 'quo"te\\d-secret', 'first-line-of-it\nsecond-line-of-it'])).toBe(out);
  });

  it.each(['a', 'ab', 'abc', 'ana@acme.example', 'é'])('in Basic credentials of %s', (user) => {
    for (const secret of ['0123456789', '0123456789a', '0123456789ab']) {
      const out = masked([`Authorization: Basic ${basic(user, secret)}\n`], [secret]);
      expect(out).toMatch(/^Authorization: Basic [\w+/]{2,}•••\n$/);
      // No more of it than the characters that it shares with its neighbour.
      expect(out.length).toBeLessThanOrEqual('Authorization: Basic •••\n'.length + basic(user, '').length);
    }
  });
});

it('masks wherever the pieces are cut, and changes nothing else', () => {
  const text = `start ${SECRET.slice(0, 7)} ${SECRET} ${basic('ana')} ${SECRET.slice(1)} end`;
  const whole = masked([text]);
  expect(whole).toBe(`start ${SECRET.slice(0, 7)} ••• ${whole.split(' ')[3] ?? ''} ${SECRET.slice(1)} end`);
  for (let at = 0; at <= text.length; at += 1)
    expect(masked([text.slice(0, at), text.slice(at)])).toBe(whole);
  expect(masked(text.split(''))).toBe(whole);
});

it('gives the same however a text is cut, and no secret in it, also of secrets that overlap', () => {
  // A generator that repeats itself, so that a failure does too.
  let seed = 7;
  const random = (below: number): number => {
    seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
    return Math.floor((seed / 2_147_483_648) * below);
  };
  const letters = (length: number): string => Array.from({ length }, () => 'ab'[random(2)]).join('');
  for (let round = 0; round < 500; round += 1) {
    const forms = Array.from({ length: 1 + random(3) }, () => letters(4 + random(5)))
      .toSorted((one, other) => other.length - one.length)
      .map((form) => Buffer.from(form));
    const text = Buffer.from(letters(60));
    const outcome = (most: number): string => {
      const masker = new Masker(forms);
      const parts: Buffer[] = [];
      for (let at = 0; at < text.length;) {
        const length = 1 + random(most);
        parts.push(masker.write(text.subarray(at, at + length)));
        at += length;
      }
      return Buffer.concat([...parts, masker.end()]).toString();
    };
    const whole = outcome(1000 * text.length);
    for (const most of [1, 3, 10]) expect(outcome(most)).toBe(whole);
    for (const form of forms) expect(whole).not.toContain(form.toString());
  }
});

it('takes the longer of two secrets that begin alike, however late it is known', () => {
  const both = ['abcd-1', 'abcd-1-and-more'];
  for (const pieces of [['abcd-1-and-more'], ['abcd-1', '-and-more'], ['abcd-1-and', '-more']])
    expect(masked(pieces, both)).toBe('•••');
  expect(masked(['abcd-1', '-x'], both)).toBe('•••-x');
  expect(masked(['abcd-1'], both)).toBe('•••');
});

it('shows a prompt after a moment, and still hides the secret that it could have been', () => {
  const masker = new Masker(secretForms([SECRET]));
  expect(masker.write(Buffer.from('Continue? ey')).toString()).toBe('Continue? ');
  expect(masker.waits).toBe(true);
  expect(masker.idle().toString()).toBe('ey');
  expect(masker.waits).toBe(false);
  expect(masker.write(Buffer.from(SECRET.slice(2, 8))).toString()).toBe('');
  // Long enough to tell something.
  expect(masker.idle().toString()).toBe('');
  expect(masker.write(Buffer.from(`${SECRET.slice(8)}!`)).toString()).toBe('•••!');
  masker.write(Buffer.from('ey'));
  masker.idle();
  expect(masker.write(Buffer.from('es')).toString()).toBe('es');
});

it('masks what the output ends with when it is more than a few characters of a secret', () => {
  expect(masked([`x ${SECRET.slice(0, 8)}`])).toBe('x •••');
  expect(masked([`x ${SECRET.slice(0, 7)}`])).toBe(`x ${SECRET.slice(0, 7)}`);
});

it('keeps bytes that are no text, and leaves secrets alone that would be found everywhere', () => {
  const bytes = randomBytes(100_000);
  const masker = new Masker(secretForms([SECRET, 'abc', '']));
  const pieces: Buffer[] = [];
  for (let at = 0; at < bytes.length; at += 777) pieces.push(masker.write(bytes.subarray(at, at + 777)));
  expect(Buffer.concat([...pieces, masker.end()]).equals(bytes)).toBe(true);
  expect(masked(['abcabc'], ['abc'])).toBe('abcabc');
});

it('keeps up with a flood', () => {
  const flood = Buffer.from(`${SECRET} and ${'eyeyeyey '.repeat(20)}\n`.repeat(5000));
  const masker = new Masker(secretForms([SECRET, 'x'.repeat(3000)]));
  const before = performance.now();
  for (let at = 0; at < flood.length; at += 65_536) masker.write(flood.subarray(at, at + 65_536));
  // A megabyte takes some tens of milliseconds; a search that starts anew at each secret takes minutes.
  expect(performance.now() - before).toBeLessThan(2000);
});
