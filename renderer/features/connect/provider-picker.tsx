import { useId, useState, type KeyboardEvent } from 'react';
import type { ProviderView } from '../../../contract/provider.ts';
import { Button } from '../../components/button.tsx';
import { DialogFrame } from '../../components/dialog-frame.tsx';
import { TextField } from '../../components/field.tsx';
import { matchingProviders } from '../../view/provider-search.ts';
import { wayList } from '../../view/provider-words.ts';
import css from './provider-picker.module.css';

interface ProviderPickerProps {
  providers: readonly ProviderView[];
  selected: ProviderView;
  onPick: (id: ProviderView['id']) => void;
}

/** A searchable list of all providers. The field keeps the focus; arrow keys move in the list, Enter picks. */
export function ProviderPicker({ providers, selected, onPick }: ProviderPickerProps) {
  const [query, setQuery] = useState('');
  const [marked, setMarked] = useState(selected.id);
  const list = useId();
  const shown = matchingProviders(providers, query);
  const at = Math.max(
    0,
    shown.findIndex(({ id }) => id === marked),
  );
  const current = shown[at];
  const optionId = (id: ProviderView['id']): string => `${list}-${id}`;

  function onKeyDown(event: KeyboardEvent): void {
    const next = { ArrowDown: shown[at + 1], ArrowUp: shown[at - 1] }[event.key];
    if (next !== undefined) {
      setMarked(next.id);
      document.getElementById(optionId(next.id))?.scrollIntoView({ block: 'nearest' });
    } else if (event.key === 'Enter' && current !== undefined) onPick(current.id);
    else if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
    event.preventDefault();
  }

  return (
    <DialogFrame
      title="What do you want to connect?"
      actions={
        <Button
          onClick={() => {
            onPick(selected.id);
          }}
        >
          Back
        </Button>
      }
    >
      <TextField
        label="Search providers"
        role="combobox"
        aria-expanded
        aria-autocomplete="list"
        aria-controls={list}
        aria-activedescendant={current && optionId(current.id)}
        autoFocus
        value={query}
        onChange={(event) => {
          setQuery(event.target.value);
        }}
        onKeyDown={onKeyDown}
      />
      <ul id={list} role="listbox" aria-label="Providers" className={css['list']}>
        {shown.map((provider) => (
          <li
            key={provider.id}
            id={optionId(provider.id)}
            role="option"
            aria-selected={provider === current}
            className={css['option']}
            // The field keeps the focus.
            onMouseDown={(event) => {
              event.preventDefault();
            }}
            onClick={() => {
              onPick(provider.id);
            }}
          >
            {provider.name}
            <small>{wayList(provider)}</small>
          </li>
        ))}
      </ul>
      <p role="status" className={css['none']}>
        {shown.length === 0 && `No provider matches “${query}”. You can add one with a file; see Providers.`}
      </p>
    </DialogFrame>
  );
}
