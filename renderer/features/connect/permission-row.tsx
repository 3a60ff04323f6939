import { useState } from 'react';
import type { ProviderView } from '../../../contract/provider.ts';
import { Button } from '../../components/button.tsx';
import { TextField } from '../../components/field.tsx';
import withButton from '../../components/with-button.module.css';
import { allowedWords, choiceCount } from '../../view/permission-choice.ts';
import { matchingPreset, scopePresets, scopesIn } from '../../view/scope-choice.ts';
import css from './connect-form.module.css';

interface PermissionRowProps {
  provider: ProviderView;
  scopes: readonly string[];
  onChange: (scopes: readonly string[]) => void;
  /** Shows all there is to select. */
  onOpen: () => void;
}

/** What is asked for, in words, and the way to change it. */
export function PermissionRow({ provider, scopes, onChange, onOpen }: PermissionRowProps) {
  const [typed, setTyped] = useState(() => scopes.join(' '));
  const presets = scopePresets(provider);
  // A provider that lists nothing may still grant what a person knows of.
  if (presets.every((preset) => preset.scopes.length === 0) && provider.scopes.length === 0)
    return (
      <TextField
        label="Permissions (optional)"
        mono
        hint="The names in the provider’s documentation, where they are called scopes; separated by spaces."
        value={typed}
        onChange={(event) => {
          setTyped(event.target.value);
          onChange(scopesIn(event.target.value));
        }}
      />
    );
  const name = matchingPreset(presets, scopes, provider.requiredScopes);
  const preset = presets.find((one) => one.name === name);
  return (
    <div className={withButton['row']}>
      <div>
        <span className={css['label']}>Permissions</span>
        {name ?? 'Your own choice'}
        <small className={css['about']}>
          <span className={css['words']}>
            {allowedWords(provider, { description: preset?.description ?? null, scopes })}
          </span>
          {choiceCount(scopes, provider.requiredScopes).total}
        </small>
      </div>
      <Button aria-label="Change permissions" onClick={onOpen}>
        Change
      </Button>
    </div>
  );
}
