// Writes docs/openapi.json, and the types of the npm client, from the contract's schemas.
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { openApiDocument } from '../../main/api/openapi.ts';
import { VERSION } from '../../main/core/version.ts';
import { clientTypes } from '../client-types.ts';

const root = path.resolve(import.meta.dirname, '../..');
const document = openApiDocument(VERSION);
const files = {
  'docs/openapi.json': `${JSON.stringify(document, null, 2)}\n`,
  'cli/client/contract.ts': await clientTypes(document),
};
for (const [file, text] of Object.entries(files)) {
  writeFileSync(path.join(root, file), text);
  console.error(`✓ ${path.join(root, file)}`);
}
