import { describe, expect, test } from 'vitest';
import type { ConnectionId } from '../../../contract/ids.ts';
import type { SignInStage } from '../../../contract/sign-in.ts';
import { renderPlainPage } from '../../../main/lib/plain-page.ts';
import { landingPage, type ConnectedAs } from '../../../main/signin/landing-page.ts';

const AGAIN = '/tokentray/sign-in/x?again';
const ANA = { id: 'ana', name: 'Ana Keller', email: 'ana@acme.example', pictureUrl: null };
const BEN = { ...ANA, id: 'ben', name: 'Ben', email: null };
const ACME: ConnectedAs = { name: 'acme', account: ANA, site: { url: 'https://acme.atlassian.net' } };
const DONE: SignInStage = { stage: 'done', connection: 'c' as ConnectionId };

const page = (stage: SignInStage, connected: ConnectedAs | null = ACME) =>
  landingPage({ stage, connected, again: AGAIN });

const failed = (code: 'cancelled' | 'denied' | 'keychain-locked', message: string): SignInStage => ({
  stage: 'failed',
  error: { code, message, hint: 'Do this.' },
});

describe('the tab of a sign-in', () => {
  test('ends with who was connected, and where', () => {
    expect(page(DONE)).toMatchObject({
      mark: 'good',
      title: 'acme is connected',
      facts: [
        ['Account', 'Ana Keller – ana@acme.example'],
        ['Site', 'acme.atlassian.net'],
      ],
    });
    expect(page(DONE).next).toBeUndefined();
  });

  test.each<[string, ConnectedAs | null, string, unknown[]]>([
    ['no e-mail', { ...ACME, account: BEN, site: null }, 'acme is connected', [['Account', 'Ben']]],
    [
      'a name that is the e-mail',
      { ...ACME, account: { name: 'b@x.example', email: 'b@x.example' }, site: null },
      'acme is connected',
      [['Account', 'b@x.example']],
    ],
    ['nobody named', { ...ACME, account: { name: '', email: null }, site: null }, 'acme is connected', []],
    ['a connection that is gone', null, 'Connected', []],
  ])('says what it knows: %s', (_, connected, title, facts) => {
    expect(page(DONE, connected)).toMatchObject({ title, facts });
  });

  test.each<[string, SignInStage, string]>([
    ['that is still going on', { stage: 'exchanging', notice: null }, 'Finishing in Tokentray…'],
    ['with several sites', { stage: 'choose-site', account: ANA, sites: [] }, 'Choose a site in Tokentray'],
    [
      'with another account',
      { stage: 'confirm-account', expected: ANA, actual: BEN },
      'Another account came back',
    ],
  ])('%s goes on by itself', (_, stage, title) => {
    expect(page(stage)).toMatchObject({ title, next: AGAIN });
  });

  test.each<[SignInStage, RegExp]>([
    [failed('cancelled', 'x'), /^The sign-in was cancelled\./],
    [
      failed('denied', 'Access was denied at Atlassian Cloud.'),
      /^Access was denied at Atlassian Cloud\. You can close/,
    ],
    [failed('keychain-locked', 'Tokentray is locked.'), /^Tokentray is locked\./],
  ])('says what went wrong, and asks no more', (stage, text) => {
    const shown = page(stage);
    expect(shown).toMatchObject({ title: 'Not connected', text: expect.stringMatching(text) as string });
    expect(shown.next).toBeUndefined();
  });

  test('shows what the provider calls people as text, on one line and not too long', () => {
    const name = `<script>alert(1)</script>\u202E\r\n"${'x'.repeat(5000)}`;
    const html = renderPlainPage(
      page(DONE, {
        name: '<b>n</b>',
        account: { name, email: '"><img>' },
        site: { url: 'https://a.example/<i>' },
      }),
    );
    expect(html).not.toMatch(/<script|<img|<i>|<b>|\u202E|[\r\n]/);
    expect(html).toContain('&lt;b&gt;n&lt;/b&gt; is connected');
    expect(html.length).toBeLessThan(5000);
  });
});
