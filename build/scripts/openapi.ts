// Writes docs/openapi.json from the contract's schemas.
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { openApiDocument } from '../../main/api/openapi.ts';
import { VERSION } from '../../main/core/version.ts';

const file = path.resolve(import.meta.dirname, '../../docs/openapi.json');
mkdirSync(path.dirname(file), { recursive: true });
writeFileSync(file, `${JSON.stringify(openApiDocument(VERSION), null, 2)}\n`);
console.error(`✓ ${file}`);
