import { Lock } from 'lucide-react';
import { useEffect, useId, useRef, useState } from 'react';
import type { ProviderView } from '../../../contract/provider.ts';
import { allowedWords } from '../../view/permission-choice.ts';
import { permissions } from '../../view/permission-count.ts';
import { matchingPreset, scopePresets } from '../../view/scope-choice.ts';
import css from './permission-step.module.css';

interface PresetListProps {
  provider: ProviderView;
  scopes: readonly string[];
  onChange: (scopes: readonly string[]) => void;
  /** Among other things: in columns, and without what is included anyway. */
  compact?: boolean;
}

interface OptionProps {
  name: string;
  words: string;
  tag?: string;
  checked: boolean;
  /** Scrolls to the selected one. */
  follow: boolean;
  onSelect: () => void;
}

function Option({ name, words, tag, checked, follow, onSelect }: OptionProps) {
  const id = useId();
  const place = useRef<HTMLLabelElement>(null);
  useEffect(() => {
    if (checked && follow) place.current?.scrollIntoView({ block: 'nearest' });
  }, [checked, follow]);
  return (
    <label ref={place} className={css['option']}>
      <input
        type="radio"
        name="preset"
        value={name}
        checked={checked}
        aria-labelledby={id}
        aria-describedby={`${id}-words`}
        onChange={onSelect}
      />
      <span>
        <span className={css['name']}>
          <span id={id}>{name}</span>
          {tag !== undefined && <span className={css['tag']}>{tag}</span>}
        </span>
        <span id={`${id}-words`} className={css['words']}>
          {words}
        </span>
      </span>
    </label>
  );
}

/** What is asked for whatever is selected. */
function Included({ provider }: { provider: ProviderView }) {
  const { requiredScopes, scopes } = provider;
  if (requiredScopes.length === 0) return null;
  return (
    <fieldset className={css['included']}>
      <legend>Always included</legend>
      {requiredScopes.map((scope) => {
        const words = scopes.find((known) => known.scope === scope)?.description ?? '';
        return (
          <label key={scope} className={css['offer']}>
            <input type="checkbox" checked disabled readOnly />
            {words !== '' && <span>{words}</span>}
            <code>
              {scope} <Lock size={12} aria-hidden />
            </code>
          </label>
        );
      })}
    </fieldset>
  );
}

/** Sets of permissions, by what they allow. A selection of one's own stays in the list until the dialog closes. */
export function PresetList({ provider, scopes, onChange, compact = false }: PresetListProps) {
  const presets = scopePresets(provider);
  const selected = matchingPreset(presets, scopes, provider.requiredScopes);
  const notice = presets.find(({ name }) => name === selected)?.notice ?? null;
  const [own, setOwn] = useState<readonly string[] | null>(null);
  if (selected === null && own !== scopes) setOwn(scopes);
  return (
    <>
      <div role="radiogroup" aria-label="Permissions" className={css[compact ? 'columns' : 'options']}>
        {presets.map((preset) => (
          <Option
            key={preset.name}
            name={preset.name}
            words={allowedWords(provider, preset)}
            {...(preset.recommended && presets.length > 1 && { tag: 'recommended' })}
            checked={preset.name === selected}
            follow={!compact}
            onSelect={() => {
              onChange(preset.scopes);
            }}
          />
        ))}
        {own !== null && (
          <Option
            name="Your own choice"
            words={`${permissions(own.filter((scope) => !provider.requiredScopes.includes(scope)).length)}, as ticked in the list`}
            checked={selected === null}
            follow={!compact}
            onSelect={() => {
              onChange(own);
            }}
          />
        )}
      </div>
      {notice !== null && <p className={css['notice']}>{notice}</p>}
      {!compact && <Included provider={provider} />}
    </>
  );
}
