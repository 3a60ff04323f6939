import type { ReactNode } from 'react';
import css from './empty.module.css';

interface EmptyProps {
  icon?: ReactNode;
  title?: string;
  children: ReactNode;
  action?: ReactNode;
}

/** Placeholder where there is nothing to show: why, and the one thing to do. */
export function Empty({ icon, title, children, action }: EmptyProps) {
  return (
    <div className={css['empty']}>
      {icon}
      {title !== undefined && <p className={css['title']}>{title}</p>}
      <p className={css['text']}>{children}</p>
      {action}
    </div>
  );
}
