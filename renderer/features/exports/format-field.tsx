import type { EnvFormat } from '../../../contract/export.ts';
import { formatOfFile } from '../../../contract/format-of-file.ts';
import { FILE_FORMATS } from '../../../contract/vocabulary.ts';
import { SelectField } from '../../components/field.tsx';
import { FORMAT_WORDS } from '../../view/export-words.ts';

interface FormatFieldProps {
  file: string;
  /** Null: the one that the file's name stands for. */
  value: EnvFormat | null;
  onChange: (format: EnvFormat | null) => void;
}

/** How the variables are written: as the file's name says, or another way. */
export function FormatField({ file, value, onChange }: FormatFieldProps) {
  return (
    <SelectField
      name="format"
      label="Format"
      value={value ?? ''}
      onChange={(event) => {
        onChange(event.target.value === '' ? null : (event.target.value as EnvFormat));
      }}
    >
      <option value="">From the name: {FORMAT_WORDS[formatOfFile(file)]}</option>
      {FILE_FORMATS.map((name) => (
        <option key={name} value={name}>
          {FORMAT_WORDS[name]}
        </option>
      ))}
    </SelectField>
  );
}
