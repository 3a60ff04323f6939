import { z } from 'zod';
import { PresetFile } from './preset-file.ts';

/** The JSON Schema (2020-12) of a preset file, for editors. */
export function presetSchema(): object {
  const { $schema, ...rest } = z.toJSONSchema(PresetFile.unwrap(), { io: 'input', target: 'draft-2020-12' });
  return {
    $schema,
    title: 'Tokentray preset',
    description:
      'The variables or the file that one tool reads, with placeholders such as {{ connection.access_token }} for the values of a connection.',
    ...rest,
  };
}
