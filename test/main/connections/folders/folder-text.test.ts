import { expect, it } from 'vitest';
import { folderText, readFolderText } from '../../../../main/connections/folders/folder-text.ts';

const read = (text: string) => readFolderText('/x/.tokentray', Buffer.from(text));

it.each([
  [[{ connection: 'acme' }]],
  [[{ connection: 'acme', id: '1' }]],
  [[{ provider: 'atlassian', site: 'acme.atlassian.net', account: 'ana@acme.example' }]],
  [[{ connection: 'acme' }, { provider: 'bitbucket' }]],
])('reads what it writes: %j', (entries) => {
  expect(read(folderText(entries))).toEqual({ ok: true, value: entries });
});

it.each([
  ['not JSON', 'acme'],
  ['a list', '[]'],
  ['a key twice', '{"connection":"acme","connection":"beta"}'],
  ['comments', '{"connection":"acme"} // mine'],
  ['nothing', '{}'],
  ['no entries', '{"connections":[]}'],
  ['more entries than anybody has', `{"connections":[${Array(21).fill('{"connection":"a"}').join()}]}`],
  ['an entry that is no object', '{"connections":["acme"]}'],
  ['something beside the list', '{"connections":[{"connection":"acme"}],"site":"x"}'],
  ['an unknown field', '{"conection":"acme"}'],
  ['a field that every object has', '{"constructor":"acme"}'],
  ['a prototype', '{"__proto__":{"connection":"acme"}}'],
  ['an empty name', '{"connection":" "}'],
  ['a number', '{"connection":1}'],
  ['a very long name', `{"connection":"${'x'.repeat(501)}"}`],
  ['an id alone', '{"id":"1"}'],
  ['a name and a site', '{"connection":"acme","site":"acme.atlassian.net"}'],
])('refuses %s and names the file', (_, text) => {
  const refused = read(text);
  expect(refused).toMatchObject({ ok: false, error: { code: 'invalid-input' } });
  expect(!refused.ok && refused.error.message).toContain('/x/.tokentray');
});

it('suggests the field that was meant', () => {
  expect(read('{"acount":"ana"}')).toMatchObject({
    error: { message: expect.stringContaining('“account”') as string },
  });
});
