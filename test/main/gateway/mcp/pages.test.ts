import { expect, test } from 'vitest';
import { mcpRig, type McpRig } from './mcp-rig.ts';

const APP = 'cursor://anysphere.cursor-mcp/oauth/callback';

/** The text of a page as a person sees it. */
const seen = (page: string): string =>
  page
    .slice(page.indexOf('<body>'))
    .replaceAll(/<[^>]+>/g, ' ')
    .replaceAll(/\s+/g, ' ')
    .trim();

async function asked(
  rig: McpRig,
  name: string,
  redirect: string,
  changes: Readonly<Record<string, string>> = {},
): Promise<string> {
  const client = await rig.register([redirect], name);
  return (await rig.ask(rig.authorizeUrl(client, { redirect_uri: redirect, ...changes }))).text();
}
const next = (page: string): string =>
  /content="1;url=([^"]+)"/.exec(page)?.[1]?.replaceAll('&amp;', '&') ?? '';

test('the page says who asks for what, and where it goes back to', async () => {
  const rig = await mcpRig();
  const page = await asked(rig, 'Agent', 'http://127.0.0.1:33418/callback', { scope: 'mcp:read' });
  expect(seen(page)).toContain(
    'Program Agent (it says so itself; nothing proves it) Asks for Rovo with “work” To read Goes back to 127.0.0.1:33418',
  );
  const other = await asked(rig, 'Web', 'https://claude.ai/api/mcp/auth_callback', { state: 'x' });
  expect(seen(other)).toContain('To read and make changes Goes back to claude.ai');
});

test('what a program calls itself is shown, and does nothing', async () => {
  const rig = await mcpRig();
  const name = '<script>alert(1)</script>"><a href=x>&copy;';
  const page = await asked(rig, name, APP);
  expect(page.match(/<(?:script|a)\b/g)).toBeNull();
  expect(page).toContain('&lt;script&gt;alert(1)&lt;/script&gt;&quot;&gt;&lt;a href=x&gt;&amp;copy;');
});

test.each([
  ['allow', 'let in', 'code'],
  ['deny', 'not let in', 'error'],
] as const)(
  'after %s, a browser that stays here because an app takes over says so',
  async (decision, words, field) => {
    const rig = await mcpRig();
    const wait = next(await asked(rig, 'Cursor', APP, { state: 'a&b' }));
    const [waiting] = rig.signIn.consents();
    rig.signIn.consent({ id: waiting!.id, decision });
    const answer = await rig.ask(wait);
    const page = await answer.text();
    expect([answer.status, answer.headers.get('cache-control')]).toEqual([200, 'no-store']);
    expect(seen(page)).toContain(`“Cursor” was ${words}`);
    const to = new URL(next(page));
    expect([to.href.startsWith(APP), to.searchParams.has(field), to.searchParams.get('state')]).toEqual([
      true,
      true,
      'a&b',
    ]);
    expect(/<a href="([^"]+)"/.exec(page)?.[1]?.replaceAll('&amp;', '&')).toBe(next(page));
  },
);
