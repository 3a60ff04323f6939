import { expect, test } from 'vitest';
import { SANDBOX_APP } from '../../../main/sandbox/app-registration.ts';
import { SANDBOX_PEOPLE } from '../../../main/sandbox/people.ts';
import { avatar, signInPage } from '../../../main/sandbox/sign-in-page.ts';

const show = ({ redirectUri = 'http://127.0.0.1:7979/callback', loginHint = null as string | null } = {}): {
  body: string;
  policy: string;
} => {
  const { body, headers } = signInPage({
    request: {
      app: { ...SANDBOX_APP, name: '<script>App</script>' },
      redirectUri,
      state: '"><script>',
      challenge: '',
      scopes: ['read:me', '"><img>'],
      loginHint,
    },
    server: null,
    sites: true,
    people: SANDBOX_PEOPLE,
    descriptions: new Map([['read:me', 'a & b']]),
    problem: null,
  });
  return { body, policy: headers['content-security-policy'] ?? '' };
};

test('everything that comes from outside is escaped', () => {
  const { body } = show();
  expect(body).toContain('&lt;script&gt;App&lt;/script&gt; asks for access');
  expect(body).toContain('&quot;&gt;&lt;img&gt;');
  expect(body).toContain('Étoile &amp; Fils &lt;Produktion&gt;');
  expect(body).not.toMatch(/<script|<img>/);
});

test('the policy allows one style, no script, and the form to end at the app only', () => {
  const { policy } = show();
  expect(policy).toMatch(/^default-src 'none'; style-src 'sha256-[^']+'; /);
  expect(policy).toContain("form-action 'self' http://127.0.0.1:7979;");
  expect(show({ redirectUri: 'http://[::1]:7979/x' }).policy).toContain("form-action 'self' http:;");
});

test.each([
  [null, 'ana'],
  ['ben@beta.example', 'ben'],
  ['chloe', 'chloe'],
  ['stranger@x.example', 'ana'],
])('with the hint %s, %s is picked', (loginHint, picked) => {
  const checked = [...show({ loginHint }).body.matchAll(/name="account" value="(\w+)" required checked/g)];
  expect(checked.map(([, key]) => key)).toEqual([picked]);
});

test.each([
  ['ana', 'A'],
  ['🦊 x', '🦊'],
  ['', '?'],
  ['<', '&lt;'],
])('the picture of “%s” shows %s', (name, letter) => {
  expect(avatar(name).body).toContain(`>${letter}</text>`);
});
