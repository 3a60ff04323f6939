import type { ReactNode } from 'react';
import css from './use.module.css';

interface PartProps {
  title: string;
  /** Beside the title: what is special about it. */
  about?: string;
  /** At the end of the line. */
  children?: ReactNode;
}

/** The line above one way to use a connection. */
export function PartHead({ title, about, children }: PartProps) {
  return (
    <div className={css['head']}>
      <h2>{title}</h2>
      {about !== undefined && <span className={css['about']}>{about}</span>}
      {children}
    </div>
  );
}

/** Code that is longer than a line; can be scrolled with the keyboard. */
export function CodeBlock({ text, label }: { text: string; label: string }) {
  return (
    <pre className={css['code']} tabIndex={0} role="region" aria-label={label}>
      {text.trimEnd()}
    </pre>
  );
}
