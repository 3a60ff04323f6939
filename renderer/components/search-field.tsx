import { Search } from 'lucide-react';
import type { ComponentProps } from 'react';
import css from './search-field.module.css';

interface SearchFieldProps extends Omit<ComponentProps<'input'>, 'value' | 'onChange' | 'className'> {
  label: string;
  value: string;
  onChange: (text: string) => void;
}

/** Searches a list as one types; Escape clears it. */
export function SearchField({ label, onChange, onKeyDown, ...rest }: SearchFieldProps) {
  return (
    <div className={css['search']}>
      <Search size={14} aria-hidden />
      <input
        placeholder="Search"
        {...rest}
        className={css['input']}
        type="search"
        aria-label={label}
        autoComplete="off"
        spellCheck={false}
        onChange={(event) => {
          onChange(event.target.value);
        }}
        onKeyDown={(event) => {
          // The first Escape is for the search, not for the dialog around it.
          if (event.key === 'Escape' && rest.value !== '') {
            event.stopPropagation();
            onChange('');
          } else onKeyDown?.(event);
        }}
      />
    </div>
  );
}
