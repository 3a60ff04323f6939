import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { BUNDLED_DEFINITIONS } from '../../../main/providers/bundled.ts';
import { parseDefinition } from '../../../main/providers/definition-parse.ts';
import { onInstance } from '../../../main/providers/instance.ts';
import { oauth2Of } from '../../../main/providers/methods.ts';

/** The files of authsome 0.7.2 as its package has them, by name, with its licence (MIT). */
const { files } = JSON.parse(
  readFileSync(new URL('../../fixtures/authsome-0.7.2.json', import.meta.url), 'utf8'),
) as { files: Record<string, string> };

const words = (text: string): string[] => text.trim().split(/\s+/);

/** By what their own fields say. */
const BROWSER = words(
  'atlassian confluence discord gitlab hubspot jira klaviyo-oauth linear notion reddit slack todoist x',
);
const BROWSER_OR_DEVICE = words(`
  github google-admin google-analytics google-calendar google-chat google-classroom google-docs google-drive google-forms google-gmail google-meet google-photos google-search-console google-sheets google-slides google-tasks google-vertex-ai google-youtube google microsoft-calendar microsoft-outlook microsoft-word microsoft zoom
`);
const KEYS = words(`
  ahrefs anthropic apollo ashby bedrock beehiiv brave-search-mcp brevo buffer calendly clearbit cloudflare-mcp cloudflare dub fireworks g2 github-mcp groq hunter instantly intercom keywords-everywhere klaviyo lemlist linear-mcp livestorm mailchimp mention-me mistral openai openrouter optimizely perplexity postmark resend rewardful savvycal semrush sendgrid sentry-mcp slack-mcp stripe-mcp together tolt typeform wistia zapier
`);
const COOKIES = words('linkedin-browser x-browser');

const parse = (text: string) =>
  parseDefinition(
    text,
    (id) => BUNDLED_DEFINITIONS.find((definition) => definition.id === id),
    (tokenUrl) =>
      BUNDLED_DEFINITIONS.find((definition) => oauth2Of(onInstance(definition, null))?.tokenUrl === tokenUrl),
  );

const loaded = (name: string) => {
  const parsed = parse(files[name] ?? '');
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.faults));
  return parsed.definition;
};

const grantsOf = (name: string): string[] => [...(oauth2Of(loaded(name))?.grants ?? [])].sort();

describe('the files of authsome', () => {
  test('are all here', () => {
    const named = [...BROWSER, ...BROWSER_OR_DEVICE, ...KEYS, ...COOKIES, 'notion-mcp', 'postiz'];
    expect(Object.keys(files)).toHaveLength(88);
    expect(Object.keys(files).sort()).toEqual(named.sort());
  });

  test.each([...BROWSER, ...BROWSER_OR_DEVICE, ...KEYS, 'notion-mcp', 'postiz'])(
    '%s loads under its name, with an address at which it works',
    (name) => {
      const { id, apis, methods } = loaded(name);
      expect(id).toBe(name);
      expect(methods.length).toBeGreaterThan(0);
      for (const { urls } of apis) for (const url of Object.values(urls)) expect(url).toMatch(/^(https:|\{)/);
    },
  );

  test.each(BROWSER)('%s signs in in the browser', (name) => {
    expect(grantsOf(name)).toContain('authorization-code');
  });

  test.each(BROWSER_OR_DEVICE)('%s signs in in the browser or with a code', (name) => {
    expect(grantsOf(name)).toEqual(expect.arrayContaining(['authorization-code', 'device-code']));
    expect(oauth2Of(loaded(name))?.deviceAuthorizationUrl).toMatch(/^(https:|\{instance\})/);
  });

  test('postiz signs in with a code alone, notion-mcp registers itself', () => {
    expect(grantsOf('postiz')).toEqual(['device-code']);
    expect(oauth2Of(loaded('postiz'))?.tokenBody).toBe('json');
    expect(oauth2Of(loaded('notion-mcp'))?.registrationUrl).toMatch(/^https:/);
  });

  test.each(KEYS)('%s takes a key', (name) => {
    // Cloudflare’s is filled in from ours, which calls it an API token.
    const methods = loaded(name).methods.map(({ method }) => method);
    expect(methods.some((method) => method === 'api-key' || method === 'api-token')).toBe(true);
  });

  test.each(COOKIES)('%s is refused: it takes cookies', (name) => {
    expect(parse(files[name] ?? '')).toMatchObject({
      ok: false,
      faults: [{ field: 'auth_type', message: expect.stringContaining('cookies') as string }],
    });
  });
});
