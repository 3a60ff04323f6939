import type { ReactNode } from 'react';
import css from './page.module.css';

/** A section with a single page: heading, actions, content. */
export function Page({
  title,
  actions,
  wide = false,
  children,
}: {
  title: string;
  actions?: ReactNode;
  /** The content lays out the width of a wide window by itself; `beside`: only while something is open beside a list. */
  wide?: boolean | 'beside';
  children: ReactNode;
}) {
  return (
    <div className={css['page']} tabIndex={-1}>
      <div className={css['inner']} data-wide={wide || undefined}>
        <div className={css['head']}>
          <h1>{title}</h1>
          {actions}
        </div>
        {children}
      </div>
    </div>
  );
}
