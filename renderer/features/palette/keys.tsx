import css from './keys.module.css';

/** A shortcut as keys to press; on a Mac it is one word. */
export function Keys({ keys }: { keys: string }) {
  return (
    <span className={css['keys']}>
      {keys.split(/ (?!…)|(?<=.)\+(?=.)/).map((key, index) => (
        <kbd key={index}>{key}</kbd>
      ))}
    </span>
  );
}
