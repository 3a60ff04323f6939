import { useId } from 'react';
import css from './use.module.css';

interface ChoiceLineProps<T extends string> {
  label: string;
  choices: readonly { id: T; name: string }[];
  value: T;
  onChange: (value: T) => void;
}

/** One of a few, all in sight. */
export function ChoiceLine<T extends string>({ label, choices, value, onChange }: ChoiceLineProps<T>) {
  const name = useId();
  return (
    <div className={css['choice']} role="radiogroup" aria-label={label}>
      {choices.map((choice) => (
        <label key={choice.id}>
          <input
            type="radio"
            name={name}
            checked={choice.id === value}
            onChange={() => {
              onChange(choice.id);
            }}
          />
          {choice.name}
        </label>
      ))}
    </div>
  );
}
