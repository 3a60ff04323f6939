import { expect, it } from 'vitest';
import { headerOf, maskedHeader, Sent } from '../../../main/credentials/sent.ts';

const base64 = (text: string): string => Buffer.from(text).toString('base64');

it.each<[string, Sent, { name: string; value: string }, string]>([
  [
    'alone (RFC 6750 §2.1)',
    { as: 'bearer' },
    { name: 'authorization', value: 'Bearer s:ecret' },
    'Bearer ••••',
  ],
  [
    'with a user name (RFC 7617)',
    { as: 'basic', username: 'ana@acme.example' },
    { name: 'authorization', value: `Basic ${base64('ana@acme.example:s:ecret')}` },
    'Basic ••••',
  ],
  [
    'with a user name outside ASCII, as UTF-8',
    { as: 'basic', username: 'Zoë' },
    { name: 'authorization', value: `Basic ${base64('Zoë:s:ecret')}` },
    'Basic ••••',
  ],
  [
    'without a user name',
    { as: 'basic', username: '' },
    { name: 'authorization', value: `Basic ${base64(':s:ecret')}` },
    'Basic ••••',
  ],
  [
    'in a header of its own',
    { as: 'header', name: 'X-Api-Key', prefix: '' },
    { name: 'x-api-key', value: 's:ecret' },
    '••••',
  ],
  [
    'after a word of its own',
    { as: 'header', name: 'Authorization', prefix: 'GenieKey ' },
    { name: 'authorization', value: 'GenieKey s:ecret' },
    'GenieKey ••••',
  ],
])('a secret is sent %s', (_, sent, header, masked) => {
  expect(Sent.parse(sent)).toEqual(sent);
  expect(headerOf(sent, 's:ecret')).toEqual(header);
  expect(maskedHeader(sent, '••••')).toEqual({ name: header.name, value: masked });
});
