import { z } from 'zod';
import { ProviderDefinition } from './definition.ts';

/**
 * The JSON Schema (2020-12) of a provider file, for editors. A file that changes a definition needs only what differs, so no
 * more is required than the names that tell what is changed.
 */
export function definitionSchema(): object {
  const schema = z.toJSONSchema(ProviderDefinition.unwrap(), { io: 'input', target: 'draft-2020-12' });
  const methods = schema.properties?.['methods'];
  const kinds = typeof methods === 'object' && typeof methods.items === 'object' ? methods.items : {};
  const list = 'oneOf' in kinds ? kinds.oneOf : undefined;
  for (const method of list ?? []) method.required = ['method'];
  const { $schema, ...rest } = schema;
  return {
    $schema,
    title: 'Tokentray provider',
    description: 'A service that issues credentials, or changes to one that Tokentray includes.',
    ...rest,
    required: ['id'],
  };
}
