import { useEffect, useState } from 'react';
import type { PresetView } from '../../../contract/preset.ts';
import { SelectField } from '../../components/field.tsx';
import { useApp } from '../../store/use-app.ts';
import { bySuitability, presetLabel, shortReason } from '../../view/preset-words.ts';

interface PresetFieldProps {
  /** The connection that it has to serve; empty if there is none. */
  connection: string;
  value: string;
  /** The preset as it is known; null while nothing is. */
  onKnown: (preset: PresetView | null) => void;
  onChange: (name: string) => void;
}

/** Selects a preset: those that serve the connection first, the others with the reason. */
export function PresetField({ connection, value, onKnown, onChange }: PresetFieldProps) {
  const listPresets = useApp((state) => state.listPresets);
  const notifyFailure = useApp((state) => state.notifyFailure);
  const read = useApp((state) => state.presetsRead);
  const [presets, setPresets] = useState<readonly PresetView[]>([]);

  useEffect(() => {
    let current = true;
    void listPresets(connection).then((reply) => {
      if (!current) return;
      if (reply.ok) setPresets(reply.value.presets);
      else notifyFailure(reply.error);
    });
    return () => {
      current = false;
    };
  }, [connection, read, listPresets, notifyFailure]);

  const selected = presets.find(({ name }) => name === value) ?? null;
  useEffect(() => {
    onKnown(selected);
  }, [selected, onKnown]);

  const { serving, others } = bySuitability(presets);
  const unfit = selected?.serves?.works === false ? selected.serves : null;
  return (
    <SelectField
      label="Preset"
      name="preset"
      value={value}
      hint={unfit?.hint ?? undefined}
      error={unfit?.reason ?? undefined}
      onChange={(event) => {
        onChange(event.target.value);
      }}
    >
      {selected === null && <option value={value}>{value}</option>}
      {serving.map((preset) => (
        <option key={preset.name} value={preset.name}>
          {presetLabel(preset)} – {preset.description}
        </option>
      ))}
      {others.length > 0 && (
        <optgroup label="Not for this connection">
          {others.map((preset) => (
            <option key={preset.name} value={preset.name} disabled>
              {presetLabel(preset)}: {shortReason(preset)}
            </option>
          ))}
        </optgroup>
      )}
    </SelectField>
  );
}
