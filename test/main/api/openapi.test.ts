import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { CALLS } from '../../../contract/calls.ts';
import { openApiDocument } from '../../../main/api/openapi.ts';
import { VERSION } from '../../../main/core/version.ts';

describe('docs/openapi.json', () => {
  const document = openApiDocument(VERSION);

  it('is what the schemas say now (npm run openapi writes it)', () => {
    const file = new URL('../../../docs/openapi.json', import.meta.url);
    expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual(JSON.parse(JSON.stringify(document)));
  });

  it('describes every call', () => {
    const { paths } = document as { paths: Record<string, unknown> };
    expect(Object.keys(paths)).toEqual([...Object.keys(CALLS).map((name) => `/v1/${name}`), '/v1/events']);
  });
});
