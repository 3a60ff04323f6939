import { describe, expect, it } from 'vitest';
import {
  fillTemplate,
  isSecret,
  MOST_FILLED_BYTES,
} from '../../../../main/exports/templates/fill-template.ts';
import { MOST_TEMPLATE_CHARS, parseTemplate } from '../../../../main/exports/templates/parse-template.ts';
import { CLOUD_ID, connection, credentials } from '../sample.ts';

function filled(text: string, given = credentials()): string {
  const parsed = parseTemplate(text);
  if (!parsed.ok) throw new Error(`${parsed.fault.line}:${parsed.fault.column} ${parsed.fault.message}`);
  const result = fillTemplate(parsed.parts, given);
  if (!result.ok) throw new Error(result.error.message);
  return result.value;
}

it.each([
  ['', ''],
  ['as it stands: { } }} "\r\n', 'as it stands: { } }} "\r\n'],
  ['{{ connection.access_token }}', 'token-1'],
  ['{{connection.access_token}}{{connection.name}}', 'token-1acme – ana'],
  ['a{{\n  connection.authorization\n}}b', 'aBearer token-1b'],
  ['{{ connection.site_url }}', 'https://acme.atlassian.net'],
  ['{{ connection.cloud_id }}', CLOUD_ID],
  ['{{ connection.jira_api_url }}', `https://api.atlassian.com/ex/jira/${CLOUD_ID}`],
  ['{{ connection.api_url.confluence }}', `https://api.atlassian.com/ex/confluence/${CLOUD_ID}/wiki`],
  ['{{ connection.email }}', 'ana@acme.example'],
  ['{{ connection.expires_at }}', '2026-11-22T10:30:00.000Z'],
  ['{{ connection.name | json }}', '"acme – ana"'],
  ['{{ connection.access_token | base64 }}', 'dG9rZW4tMQ=='],
  ['{{ connection.email|url|json }}', '"ana%40acme.example"'],
  ['{{ connection.username ?? "nobody" }}', 'nobody'],
  ['{{ connection.username ?? "a\\"b" | json }}', '"a\\"b"'],
  ['{{ connection.email ?? "nobody" }}', 'ana@acme.example'],
  ['{{ "{{" }} x }}', '{{ x }}'],
  ['{{ "}}" }}', '}}'],
])('%j becomes %j', (text, result) => {
  expect(filled(text)).toBe(result);
});

it.each([
  [
    '{{ connection.acess_token }}',
    '1:4',
    'There is no name “connection.acess_token”.',
    'connection.access_token?',
  ],
  ['a\nbc {{ connection.api_url.JIRA }}', '2:7', 'There is no name', 'connection.api_url.API'],
  ['{{ access_token }}', '1:4', 'There is no name', 'connection.access_token'],
  ['{{ connection.email | jsn }}', '1:23', 'There is no filter “jsn”.', 'Did you mean json?'],
  ['{{ connection.email | }}', '1:21', 'The filter is missing.', 'json, base64, url'],
  ['{{ connection.email connection.name }}', '1:21', 'Here “|” or “??” is missing.', ''],
  ['{{ connection.email ?? nobody }}', '1:21', '“??” comes once', '?? ""'],
  ['{{ connection.email ?? "a" ?? "b" }}', '1:28', '“??” comes once', ''],
  ['{{ connection.email | json ?? "b" }}', '1:28', '“??” comes once', ''],
  ['{{ "a" | json }}', '1:4', 'A text in quotes stands alone', ''],
  ['{{ }}', '1:1', 'This placeholder is empty.', ''],
  ['{{ | json }}', '1:4', 'A placeholder begins with a name.', ''],
  ['\n\n{{ connection.email', '3:1', 'This placeholder does not end', '{{ "{{" }}'],
  ['{{ if connection.email }}yes{{ end }}', '1:7', 'Here “|” or “??” is missing.', ''],
  ['{{ connection.email() }}', '1:20', 'This is not part of a placeholder.', ''],
  ['{{ connection["constructor"] }}', '1:14', 'This is not part of a placeholder.', ''],
  ['{{ connection.constructor }}', '1:4', 'There is no name', ''],
  ['{{ connection.__proto__ }}', '1:4', 'There is no name', ''],
  ['x'.repeat(MOST_TEMPLATE_CHARS + 1), '1:1', 'longer than 64 KiB', ''],
])('%.40j is refused at %s', (text, place, message, hint) => {
  const parsed = parseTemplate(text);
  if (parsed.ok) throw new Error('taken');
  const { line, column } = parsed.fault;
  expect(`${line}:${column}`).toBe(place);
  expect(parsed.fault.message).toContain(message);
  expect(parsed.fault.hint).toContain(hint);
});

describe('a value that a connection does not have', () => {
  it('is a failure that says which, where it is wanted, and what to do', () => {
    const parsed = parseTemplate('# mine\nuser={{ connection.username }}');
    const result = parsed.ok && fillTemplate(parsed.parts, credentials());
    expect(result).toMatchObject({
      error: {
        code: 'unsupported',
        message: 'Line 2, column 6 of the template: “acme – ana” has no user name.',
        hint: expect.stringContaining('{{ connection.username ?? "" }}') as string,
      },
    });
  });

  it.each(['{{ connection.scopes }}', '{{ connection.api_url.trello }}'])('%s', (text) => {
    const given = credentials({ connection: connection({ grantedScopes: [] }) });
    expect(() => filled(text, given)).toThrow(/Line 1, column 1/);
  });
});

it('gives no more than 1 MiB', () => {
  const given = credentials({ accessToken: 't'.repeat(8192) });
  const text = '{{ connection.access_token }}';
  expect(filled(text.repeat(MOST_FILLED_BYTES / 8192), given)).toHaveLength(MOST_FILLED_BYTES);
  expect(() => filled(`${text.repeat(MOST_FILLED_BYTES / 8192)}x`, given)).toThrow(/more than 1 MiB/);
});

it('knows what is secret', () => {
  const secret = (text: string): boolean => {
    const parsed = parseTemplate(text);
    return parsed.ok && isSecret(parsed.parts);
  };
  expect(secret('a {{ connection.authorization | base64 }}')).toBe(true);
  expect(secret('{{ connection.access_token }}')).toBe(true);
  expect(secret('{{ connection.email }} access_token')).toBe(false);
});

it('takes time in proportion to the length, whatever the text', () => {
  const started = performance.now();
  for (const piece of [
    '{{',
    '{{ "',
    '{{ connection.name ?? "',
    '\n{{"a"}}',
    '{{ connection.name }}\n',
    '{{ |',
    '{{' + ' '.repeat(1000),
  ])
    parseTemplate(piece.repeat(Math.floor(MOST_TEMPLATE_CHARS / piece.length)));
  expect(performance.now() - started).toBeLessThan(2000);
});
