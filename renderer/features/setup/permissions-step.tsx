import { useState } from 'react';
import type { ProviderView } from '../../../contract/provider.ts';
import { scopeGroups } from '../../../contract/setup-steps.ts';
import { CopyButton } from '../../components/copy-button.tsx';
import { TextField } from '../../components/field.tsx';
import { scopesIn } from '../../view/scope-choice.ts';
import { PresetList } from '../permissions/preset-list.tsx';
import css from './setup-guide.module.css';

interface PermissionsStepProps {
  provider: ProviderView;
  scopes: readonly string[];
  onChange: (scopes: readonly string[]) => void;
  onCopied: () => void;
}

/** What the person wants to do, and the scopes that this takes, as the console groups them. */
export function PermissionsStep({ provider, scopes, onChange, onCopied }: PermissionsStepProps) {
  const { setup } = provider;
  const offersNone =
    provider.scopes.length === 0 && provider.scopePresets.every((preset) => preset.scopes.length === 0);
  const { groups, byItself } = scopeGroups(provider, scopes);
  const inConsole = setup?.scopesAt !== 'request';
  return (
    <>
      {!(offersNone && inConsole) && (
        <PresetList provider={provider} scopes={scopes} onChange={onChange} compact />
      )}
      <OwnScopes scopes={scopes} onChange={onChange} />
      {inConsole && groups.length > 0 && (
        <ul className={css['groups']} aria-label="Scopes to add in the console">
          {groups.map((group) => (
            <li key={group.name ?? ''}>
              <span className={css['group']}>{group.name ?? 'Scopes'}</span>
              <CopyButton
                what={`scopes of ${group.name ?? 'this app'}`}
                text={group.scopes.join(' ')}
                onCopied={onCopied}
              />
              <code>
                {group.scopes.map((scope) => (
                  <span key={scope}>{scope} </span>
                ))}
              </code>
            </li>
          ))}
        </ul>
      )}
      {inConsole && byItself.length > 0 && (
        <p className={css['dim']}>
          Tokentray asks for <code>{byItself.join(' ')}</code> itself: nothing to add there.
        </p>
      )}
    </>
  );
}

/** For a selection of one's own, by the names that the console has. */
function OwnScopes({ scopes, onChange }: Pick<PermissionsStepProps, 'scopes' | 'onChange'>) {
  const [typed, setTyped] = useState<string | null>(null);
  return (
    <details>
      <summary>Or name the permissions (scopes) yourself</summary>
      <TextField
        label="Scopes"
        mono
        hint="As the documentation names them, separated by spaces."
        value={typed ?? scopes.join(' ')}
        onBlur={() => {
          setTyped(null);
        }}
        onChange={(event) => {
          setTyped(event.target.value);
          onChange(scopesIn(event.target.value));
        }}
      />
    </details>
  );
}
