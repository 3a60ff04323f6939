import { Button } from './button.tsx';
import css from './command-line.module.css';

/** A command to run in a terminal, with a button that copies it. */
export function CommandLine({ command, onCopy }: { command: string; onCopy: (command: string) => void }) {
  return (
    <div className={css['line']}>
      <code>{command}</code>
      <Button
        look="quiet"
        aria-label={`Copy ${command}`}
        onClick={() => {
          onCopy(command);
        }}
      >
        Copy
      </Button>
    </div>
  );
}
