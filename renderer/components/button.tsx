import type { ComponentProps } from 'react';
import css from './button.module.css';

export type ButtonLook = 'plain' | 'primary' | 'quiet' | 'danger' | 'marked';

/** Class names of a button, for links and menu triggers that look like one. */
export const buttonClass = (look: ButtonLook, icon = false): string =>
  [css['button'], look === 'plain' ? '' : css[look], icon ? css['icon'] : ''].filter(Boolean).join(' ');

export interface ButtonProps extends Omit<ComponentProps<'button'>, 'disabled' | 'className'> {
  look?: ButtonLook;
  /** Shows only an icon: needs an `aria-label`. */
  icon?: boolean;
  /** An action is in progress: the button stays focusable but does nothing. */
  busy?: boolean;
}

export function Button({ look = 'plain', icon = false, busy = false, onClick, ...rest }: ButtonProps) {
  return (
    <button
      type="button"
      {...rest}
      className={buttonClass(look, icon)}
      aria-disabled={busy || undefined}
      onClick={(event) => {
        if (busy) event.preventDefault();
        else onClick?.(event);
      }}
    />
  );
}
