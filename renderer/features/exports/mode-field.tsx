import { PIPE_LIMITS } from '../../../contract/export-limits.ts';
import { SelectField } from '../../components/field.tsx';
import type { ExportDraft } from '../../view/export-form.ts';

interface ModeFieldProps {
  value: ExportDraft['mode'];
  /** A template writes the whole file in any case. */
  isTemplate: boolean;
  onChange: (mode: ExportDraft['mode']) => void;
}

/** Whether the file may hold other lines, is Tokentray's, or is none. */
export function ModeField({ value, isTemplate, onChange }: ModeFieldProps) {
  return (
    <SelectField
      name="mode"
      label="Kept as"
      value={isTemplate && value === 'whole' ? '' : (value ?? '')}
      {...(value === 'pipe' && { hint: PIPE_LIMITS.join(' ') })}
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
