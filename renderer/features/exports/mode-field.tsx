import { SelectField } from '../../components/field.tsx';
import type { ExportDraft } from '../../view/export-form.ts';

interface ModeFieldProps {
  value: ExportDraft['mode'];
  /** A template writes the whole file in any case. */
  isTemplate: boolean;
  /** The id of what a named pipe is and is not good for. */
  limits: string;
  onChange: (mode: ExportDraft['mode']) => void;
}

/** Whether the file may hold other lines, is Tokentray's, or is none. */
export function ModeField({ value, isTemplate, limits, onChange }: ModeFieldProps) {
  return (
    <SelectField
      name="mode"
      label="Kept as"
      value={isTemplate && value === 'whole' ? '' : (value ?? '')}
      hintElsewhere={value === 'pipe' ? limits : undefined}
      onChange={(event) => {
        onChange(event.target.value === '' ? null : (event.target.value as ExportDraft['mode']));
      }}
    >
      <option value="">A file</option>
      {!isTemplate && <option value="whole">A file of its own</option>}
      <option value="pipe">A named pipe</option>
    </SelectField>
  );
}
