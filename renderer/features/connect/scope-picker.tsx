import type { ProviderView } from '../../../contract/provider.ts';
import { Choice, ChoiceGroup } from '../../components/field.tsx';
import { matchingPreset, scopePresets } from '../../view/scope-choice.ts';
import css from './connect-form.module.css';

interface ScopePickerProps {
  provider: ProviderView;
  scopes: readonly string[];
  onChange: (scopes: readonly string[]) => void;
}

const presetWords = (scopes: readonly string[]): string =>
  `${scopes.length === 1 ? '1 permission' : `${scopes.length} permissions`}: ${scopes.join(', ')}`;

/** Presets, and below them a list of all permissions. */
export function ScopePicker({ provider, scopes, onChange }: ScopePickerProps) {
  const presets = scopePresets(provider);
  const selected = matchingPreset(presets, scopes);
  return (
    <>
      <ChoiceGroup legend="Permissions">
        {presets.map((preset) => (
          <Choice
            key={preset.name}
            type="radio"
            name="preset"
            value={preset.name}
            checked={selected === preset.name}
            label={preset.name}
            note={<span className={css['preset']}>{presetWords(preset.scopes)}</span>}
            onChange={() => {
              onChange(preset.scopes);
            }}
          />
        ))}
        {selected === null && (
          <Choice type="radio" name="preset" value="" checked readOnly label="Custom selection" />
        )}
      </ChoiceGroup>
      {provider.scopes.length > 0 && (
        <details>
          <summary>Select individually ({scopes.length})</summary>
          <div className={css['list']}>
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
      )}
    </>
  );
}
