import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { clientTypes } from '../../build/client-types.ts';
import { openApiDocument } from '../../main/api/openapi.ts';
import { VERSION } from '../../main/core/version.ts';

it('the types of the npm client are what the contract says now (npm run openapi writes them)', async () => {
  const file = new URL('../../cli/client/contract.ts', import.meta.url);
  expect(readFileSync(file, 'utf8')).toBe(await clientTypes(openApiDocument(VERSION)));
});
