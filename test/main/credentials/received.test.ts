import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { challengeFor, receivedCredential } from '../../../main/credentials/received.ts';
import { headerOf } from '../../../main/credentials/sent.ts';

it('reads what it sends', () => {
  expect(receivedCredential(headerOf({ as: 'bearer' }, 's:ecret').value)).toEqual({
    as: 'bearer',
    secret: 's:ecret',
  });
  expect(receivedCredential(headerOf({ as: 'basic', username: 'ana' }, 's:ecret').value)).toEqual({
    ...{ as: 'basic', username: 'ana', secret: 's:ecret' },
  });
});

it.each([undefined, '', 'Bearer', 'Bearer a b', 'Basic', 'Basic c2VjcmV0', 'Basic *', 'Digest a="b"'])(
  'finds nothing in %j',
  (header) => {
    expect(receivedCredential(header)).toBeNull();
  },
);

it('asks for one', () => {
  expect(challengeFor('basic', { realm: 'Tokentray', charset: 'UTF-8' })).toBe(
    'Basic realm="Tokentray", charset="UTF-8"',
  );
});

it('is the one place that reads and asks for them at the gateway', () => {
  const gateway = path.resolve(import.meta.dirname, '../../../main/gateway');
  const files = readdirSync(gateway, { recursive: true, encoding: 'utf8' }).filter((name) =>
    name.endsWith('.ts'),
  );
  const spelled = files.filter((name) =>
    /(?:['"`^(|]|: )(?:Bearer|Basic)[ )|]/.test(readFileSync(path.join(gateway, name), 'utf8')),
  );
  expect(spelled).toEqual([]);
});
