import fc from 'fast-check';
import { parseTree, type ParseError } from 'jsonc-parser';
import { parse as parseToml } from 'smol-toml';
import { describe, expect, it } from 'vitest';
import { MCP_CLIENTS } from '../../../contract/vocabulary.ts';
import { CLIENTS } from '../../../main/mcp-clients/clients/all-clients.ts';
import type { McpClient } from '../../../main/mcp-clients/clients/client.ts';
import { plainValue } from '../../../main/mcp-clients/formats/json-document.ts';
import { ourEntries, planAdd, planRemove, type Change } from '../../../main/mcp-clients/plan.ts';
import { AIM, ID, JSON_FILES, NAMED, named, TOML_FILES } from './samples.ts';

const bytes = (text: string): Buffer => Buffer.from(text);

function add(client: McpClient, before: Buffer | null, what = { named: NAMED, aim: AIM }): Change {
  const change = planAdd(client, before, what.named, what.aim);
  if (!change.ok) throw new Error(change.error.message);
  return change.value;
}

function remove(client: McpClient, before: Buffer, names: string[], backup: Buffer | null): Buffer | null {
  const rest = planRemove(client, before, names, backup);
  if (!rest.ok) throw new Error(rest.error.message);
  return rest.value.after;
}

/** What a reader that takes comments sees, without our entries. */
function meaning(client: McpClient, text: string): unknown {
  const plain = text.replace(/^\ufeff/, '');
  if (client.format === 'toml') return parseToml(plain, { integersAsBigInt: true });
  const errors: ParseError[] = [];
  const root = parseTree(plain, errors, { allowTrailingComma: true, allowEmptyContent: true });
  expect(errors).toEqual([]);
  return root === undefined ? {} : plainValue(root);
}

const without = (value: unknown, servers: string, name: string): unknown => {
  const { [servers]: held, ...rest } = value as Record<string, Record<string, unknown>>;
  const { [name]: _ours, ...others } = held ?? {};
  return Object.keys(others).length === 0 ? rest : { ...rest, [servers]: others };
};

const ALL = MCP_CLIENTS.flatMap((id) => {
  const client = CLIENTS[id];
  const files = client.format === 'json' ? JSON_FILES : TOML_FILES;
  return Object.entries(files).map(
    ([what, text]) => [id, what, text.replaceAll('KEY', client.servers), client] as const,
  );
});

describe.each(ALL)('%s, %s', (_id, _what, text, client) => {
  it('gets an entry, and nothing else changes its meaning', () => {
    const { after, name, changes } = add(client, bytes(text));
    expect(changes).toBe(true);
    expect([...(ourEntries(client, after) as { value: Map<string, unknown> }).value]).toEqual([[name, AIM]]);
    const now = meaning(client, after.toString());
    expect(without(now, client.servers, name)).toEqual(without(meaning(client, text), client.servers, name));
  });

  it('keeps every line that it had', () => {
    const lines = add(client, bytes(text)).after.toString().split(/\r?\n/);
    for (const line of text.split(/\r?\n/).filter((one) => /\/\/|#|s3cret|e\+3/.test(one)))
      expect(lines).toContain(line);
  });

  it('gets its own bytes back', () => {
    const before = bytes(text);
    const { after, name } = add(client, before);
    expect(remove(client, after, [name], before)?.toString()).toBe(text);
  });

  it('is well formed after a removal without a backup', () => {
    const { after, name } = add(client, bytes(text));
    const rest = remove(
      client,
      Buffer.concat([after, bytes(client.format === 'toml' ? '# x\n' : ' ')]),
      [name],
      null,
    );
    const now = meaning(client, rest?.toString() ?? '');
    expect(without(now, client.servers, '?')).toEqual(without(meaning(client, text), client.servers, '?'));
  });

  it('is not touched by adding the same again', () => {
    const once = add(client, bytes(text)).after;
    expect(add(client, once)).toMatchObject({ changes: false, after: once, diff: [] });
  });

  it('keeps its line endings', () => {
    const { after } = add(client, bytes(text));
    if (text.includes('\r\n')) expect(after.toString()).not.toMatch(/(?<!\r)\n/);
    else expect(after.toString()).not.toContain('\r');
  });
});

describe.each(MCP_CLIENTS.map((id) => [id, CLIENTS[id]] as const))('%s', (_id, client) => {
  it('has a file made for it, which goes again', () => {
    const { after, name } = add(client, null);
    expect(after.toString()).toMatch(/\n$/);
    expect(remove(client, after, [name], null)).toBeNull();
  });

  it('takes several servers, and gives them back one by one or all at once', () => {
    const first = add(client, null, named(ID, 'rovo'));
    const second = add(client, first.after, named(ID, 'mcp-atlassian'));
    const third = add(client, second.after, named('other', 'rovo'));
    expect([first.name, second.name, third.name]).toEqual([
      'tokentray-rovo',
      'tokentray-mcp-atlassian',
      'tokentray-rovo-other',
    ]);
    expect(remove(client, third.after, [first.name, second.name, third.name], null)).toBeNull();
    const rest = remove(client, third.after, [second.name], null) ?? Buffer.alloc(0);
    const left = ourEntries(client, rest);
    expect(left.ok && [...left.value.keys()].sort()).toEqual(['tokentray-rovo', 'tokentray-rovo-other']);
  });

  it('corrects the port of an entry, and keeps what somebody added to it', () => {
    const { after } = add(client, null);
    const edited =
      client.format === 'toml'
        ? after.toString().replace(/$/, 'enabled = false # mine\nn = 1\nd = 1979-05-27\n')
        : after.toString().replace(/("(?:type|url|serverUrl|command)":)/, '"disabled": true,\n      $1');
    const moved = { ...AIM, url: AIM.url.replace('7981', '8001') };
    const change = add(client, bytes(edited), { named: { ...NAMED, url: moved.url }, aim: moved });
    expect(change.name).toBe('tokentray-rovo');
    expect(change.after.toString()).toContain(
      client.format === 'toml' ? 'enabled = false # mine' : '"disabled": true',
    );
    expect(change.after.toString()).toContain(':8001/');
    expect(change.after.toString()).not.toContain(':7981/');
  });

  it('leaves an entry alone that somebody else gave our name', () => {
    const others =
      client.format === 'toml'
        ? '[mcp_servers.tokentray-rovo]\nurl = "https://example.com/mcp"\n'
        : JSON.stringify({ [client.servers]: { 'tokentray-rovo': { url: 'https://example.com/mcp' } } });
    expect(planAdd(client, bytes(others), NAMED, AIM)).toMatchObject({
      ok: false,
      error: { code: 'conflict', message: 'It has an entry “tokentray-rovo” that Tokentray did not make.' },
    });
    const ours = ourEntries(client, bytes(others));
    expect(ours.ok && ours.value.size).toBe(0);
  });
});

describe('any JSON', () => {
  const space = fc.constantFrom('', ' ', '\n', '\n  ', '\t', '\r\n', ' // c\n', '/* { , */');
  const name = fc.constantFrom(
    'mcpServers',
    'a',
    'b',
    'tokentray-x',
    'jira',
    '__proto__',
    '"quoted"',
    '\u2028',
  );
  const value: fc.Memo<string> = fc.memo((depth) =>
    depth <= 1 ? fc.constantFrom('1', '"s, }"', 'null', '[]', '{}') : fc.oneof(object(depth - 1), value(1)),
  );
  const object: fc.Memo<string> = fc.memo((depth) =>
    fc
      .tuple(
        fc.uniqueArray(fc.tuple(name, value(depth)), { selector: ([key]) => key, maxLength: 4 }),
        space,
        space,
        fc.boolean(),
      )
      .map(([pairs, first, second, trailing]) => {
        const inner = pairs.map(
          ([key, one]) => `${first}${JSON.stringify(key)}${second}:${first}${one}${second}`,
        );
        return `{${inner.join(',')}${trailing && inner.length > 0 ? ',' : ''}${first}}`;
      }),
  );

  it('gets its bytes back after add and remove, and others keep theirs without a backup', () => {
    fc.assert(
      fc.property(object(4), space, fc.boolean(), (body, around, mark) => {
        const client = CLIENTS.cursor;
        const text = `${mark ? '\ufeff' : ''}${around}${body}${around}`;
        const change = planAdd(client, bytes(text), NAMED, AIM);
        if (!change.ok) {
          // `mcpServers` was drawn as something else than an object.
          expect(change.error.message).toContain('is not an object');
          return;
        }
        const { after, name: ours } = change.value;
        expect(remove(client, after, [ours], bytes(text))?.toString()).toBe(text);
        const rest = remove(client, after, [ours], bytes('other'))?.toString() ?? '';
        expect(without(meaning(client, rest), 'mcpServers', '?')).toEqual(
          without(meaning(client, text), 'mcpServers', '?'),
        );
      }),
      { numRuns: 400 },
    );
  });
});

describe('any TOML', () => {
  const line = fc.constantFrom(
    'a = 1',
    'b = """\n[x]\n"""',
    "c = '''[mcp_servers.tokentray-rovo]\n'''",
    'd = [ # [\n "]",\n]',
    'e = { f = "}" }',
    '# [comment]',
    '',
    '  ',
  );
  const section = fc
    .tuple(
      fc.constantFrom('[t1]', '[t2.u]', '[mcp_servers.jira]', '[mcp_servers."a b"]', '  [ t3 ] # x'),
      fc.uniqueArray(line, { maxLength: 5 }),
    )
    .map(([header, lines]) => [header, ...lines]);

  it('gets its bytes back after add and remove, and others keep theirs without a backup', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(line, { maxLength: 5 }),
        fc.uniqueArray(section, { selector: ([header]) => header, maxLength: 4 }),
        fc.constantFrom('\n', '\r\n'),
        fc.boolean(),
        (top, sections, eol, ends) => {
          const lines = [...top, ...sections.flat()];
          const text = lines.join('\n').replaceAll('\n', eol) + (ends ? eol : '');
          const { after, name } = add(CLIENTS.codex, bytes(text));
          expect(remove(CLIENTS.codex, after, [name], bytes(text))?.toString()).toBe(text);
          const more = bytes(`${after.toString()}[later]${eol}z = 1${eol}`);
          const rest = remove(CLIENTS.codex, more, [name], null)?.toString() ?? '';
          expect(rest.startsWith(text.trimEnd())).toBe(true);
          expect(rest).toContain(`[later]${eol}z = 1${eol}`);
        },
      ),
      { numRuns: 300 },
    );
  });
});

describe('the layout', () => {
  it('a comment beside the opening brace stays there, and the first server keeps its own', () => {
    const before = '{\n  "mcpServers": { // all of them\n    // the first\n    "jira": {}\n  }\n}\n';
    expect(add(CLIENTS.cursor, bytes(before)).after.toString()).toBe(
      `{\n  "mcpServers": { // all of them\n    "tokentray-rovo": {\n      "url": "${AIM.url}"\n    },\n    // the first\n    "jira": {}\n  }\n}\n`,
    );
  });

  it.each([
    ['{"mcpServers":{"jira":{}}}', `{"mcpServers":{"tokentray-rovo":{"url":"${AIM.url}"},"jira":{}}}`],
    ['{ "a": 1 }', `{ "mcpServers": {"tokentray-rovo":{"url":"${AIM.url}"}}, "a": 1 }`],
  ])('what is on one line stays on one: %s', (before, after) => {
    expect(add(CLIENTS.cursor, bytes(before)).after.toString()).toBe(after);
  });

  it('comments that a person put beside our entry stay when it goes', () => {
    const text = `{"mcpServers": {\n  "tokentray-rovo": {"url": "${AIM.url}"} /* note */,\n  "jira": {} // last\n}}`;
    expect(remove(CLIENTS.cursor, bytes(text), ['tokentray-rovo'], null)?.toString()).toBe(
      '{"mcpServers": { /* note */\n  "jira": {} // last\n}}',
    );
    const last = `{"mcpServers": {\n  "jira": {}, // first\n  "tokentray-rovo": {"url": "${AIM.url}"}\n}}`;
    expect(remove(CLIENTS.cursor, bytes(last), ['tokentray-rovo'], null)?.toString()).toBe(
      '{"mcpServers": {\n  "jira": {} // first\n}}',
    );
  });

  it('what a person added to our TOML table goes with it, and comments of the next table stay', () => {
    const text = `[a]\nx = 1\n\n[mcp_servers.tokentray-rovo]\nurl = "${AIM.url}"\nlists = [\n[1],\n[2],\n]\nmore = true\n\n[mcp_servers.tokentray-rovo.tools.x]\non = true\n\n# about b\n[b]\ny = 2\n`;
    expect(remove(CLIENTS.codex, bytes(text), ['tokentray-rovo'], null)?.toString()).toBe(
      '[a]\nx = 1\n\n# about b\n[b]\ny = 2\n',
    );
  });
});
