import css from './filter-select.module.css';

/** Narrows a list to what is selected. */
export function FilterSelect<T extends string>({
  label,
  value,
  choices,
  onChange,
}: {
  label: string;
  value: T;
  choices: Iterable<readonly [value: T, words: string]>;
  onChange: (value: T) => void;
}) {
  return (
    <select
      className={css['select']}
      aria-label={label}
      value={value}
      onChange={(event) => {
        onChange(event.target.value as T);
      }}
    >
      {[...choices].map(([choice, words]) => (
        <option key={choice} value={choice}>
          {words}
        </option>
      ))}
    </select>
  );
}
