import { useState, type ReactNode } from 'react';
import type { ProviderView } from '../../../contract/provider.ts';
import { Choice, ChoiceGroup, SelectField, TextField } from '../../components/field.tsx';
import {
  matchingPreset,
  scopePresets,
  scopesIn,
  unlistedScopes,
  type ScopePreset,
} from '../../view/scope-choice.ts';
import css from './connect-form.module.css';

interface ScopePickerProps {
  provider: ProviderView;
  scopes: readonly string[];
  onChange: (scopes: readonly string[]) => void;
}

/** More presets than this are a list to open. */
const FEW = 4;
const CUSTOM = 'Custom selection';

const presetWords = (scopes: readonly string[]): string =>
  `${scopes.length === 1 ? '1 permission' : `${scopes.length} permissions`}: ${scopes.join(', ')}`;

function Presets({
  presets,
  scopes,
  onChange,
}: Pick<ScopePickerProps, 'scopes' | 'onChange'> & { presets: readonly ScopePreset[] }) {
  const selected = matchingPreset(presets, scopes);
  if (presets.length > FEW) {
    return (
      <SelectField
        label="Permissions"
        name="preset"
        value={selected ?? ''}
        hint={<span className={`clamp ${css['preset'] ?? ''}`}>{presetWords(scopes)}</span>}
        onChange={(event) => {
          const preset = presets.find(({ name }) => name === event.target.value);
          if (preset !== undefined) onChange(preset.scopes);
        }}
      >
        {presets.map(({ name }) => (
          <option key={name} value={name}>
            {name}
          </option>
        ))}
        {selected === null && <option value="">{CUSTOM}</option>}
      </SelectField>
    );
  }
  return (
    <ChoiceGroup legend="Permissions">
      {presets.map((preset) => (
        <Choice
          key={preset.name}
          type="radio"
          name="preset"
          value={preset.name}
          checked={selected === preset.name}
          label={preset.name}
          note={<span className={`clamp ${css['preset'] ?? ''}`}>{presetWords(preset.scopes)}</span>}
          onChange={() => {
            onChange(preset.scopes);
          }}
        />
      ))}
      {selected === null && <Choice type="radio" name="preset" value="" checked readOnly label={CUSTOM} />}
    </ChoiceGroup>
  );
}

/** Presets with what to know about them; below them a list of all permissions, and a field for those that are not listed. */
export function ScopePicker({ provider, scopes, onChange }: ScopePickerProps) {
  const presets = scopePresets(provider);
  const selected = matchingPreset(presets, scopes);
  const notice = presets.find(({ name }) => name === selected)?.notice ?? null;
  const [typed, setTyped] = useState(() => unlistedScopes(provider, scopes).join(' '));
  const known = scopes.filter((scope) => provider.scopes.some((entry) => entry.scope === scope));
  const field = (label: string, hint: string): ReactNode => (
    <TextField
      label={label}
      mono
      hint={hint}
      value={typed}
      onChange={(event) => {
        setTyped(event.target.value);
        onChange([...known, ...scopesIn(event.target.value).filter((scope) => !known.includes(scope))]);
      }}
    />
  );
  // A provider that lists nothing may still grant what a person knows of.
  if (presets.every((preset) => preset.scopes.length === 0) && provider.scopes.length === 0) {
    return field(
      'Permissions (optional)',
      'The names in the provider’s documentation, where they are called scopes; separated by spaces.',
    );
  }
  return (
    <>
      <Presets
        presets={presets}
        scopes={scopes}
        onChange={(selected) => {
          setTyped(unlistedScopes(provider, selected).join(' '));
          onChange(selected);
        }}
      />
      {notice !== null && <p className={css['notice']}>{notice}</p>}
      <details>
        <summary>Select individually ({scopes.length})</summary>
        <div className={css['list']}>
          {field('Other permissions', 'Not in the list below; separated by spaces.')}
          {provider.scopes.map(({ scope, description }) => (
            <Choice
              key={scope}
              type="checkbox"
              label={<code>{scope}</code>}
              note={description}
              checked={scopes.includes(scope)}
              onChange={(event) => {
                onChange(event.target.checked ? [...scopes, scope] : scopes.filter((s) => s !== scope));
              }}
            />
          ))}
        </div>
      </details>
    </>
  );
}
