import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { definitionSchema } from '../../../main/providers/definition-schema.ts';

describe('docs/provider.schema.json', () => {
  const schema = JSON.parse(JSON.stringify(definitionSchema())) as {
    required: string[];
    properties: Record<string, unknown> & {
      methods: { items: { oneOf: { properties: { method: { const: string } }; required: string[] }[] } };
    };
  };

  it('is what the definition says now (npm run schema writes it)', () => {
    const file = new URL('../../../docs/provider.schema.json', import.meta.url);
    expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual(schema);
  });

  it('lets a file hold differences alone, and name its schema', () => {
    expect(schema.required).toEqual(['id']);
    expect(schema.properties).toHaveProperty('$schema');
    const methods = schema.properties.methods.items.oneOf;
    expect(methods.map(({ properties }) => properties.method.const)).toContain('oauth2');
    for (const { required } of methods) expect(required).toEqual(['method']);
  });

  it('is in the packages', () => {
    const packages = readFileSync(new URL('../../../electron-builder.yml', import.meta.url), 'utf8');
    expect(packages).toContain('from: docs/provider.schema.json');
  });
});
