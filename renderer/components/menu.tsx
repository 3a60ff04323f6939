import { Ellipsis } from 'lucide-react';
import { useId, useRef, useState, type KeyboardEvent } from 'react';
import { buttonClass } from './button.tsx';
import css from './menu.module.css';

export interface MenuItem {
  label: string;
  danger?: boolean;
  run: () => void;
}

interface MenuProps {
  /** Of the button. */
  label: string;
  /** Of the menu. */
  name: string;
  /** Groups are parted by a line; empty ones are left out. */
  groups: readonly (readonly MenuItem[])[];
}

const GAP = 4;

/** Below the button, or above it where there is no room; always inside the window. */
function place(popup: HTMLElement, button: HTMLElement): void {
  const at = button.getBoundingClientRect();
  const { offsetWidth, offsetHeight } = popup;
  const below = at.bottom + GAP;
  const top = below + offsetHeight <= innerHeight ? below : at.top - GAP - offsetHeight;
  popup.style.left = `${Math.max(GAP, Math.min(at.left, innerWidth - offsetWidth - GAP))}px`;
  popup.style.top = `${Math.max(GAP, top)}px`;
}

/** Where a key moves to among `count` items; null when it does not move. */
function target(key: string, at: number, count: number): number | null {
  switch (key) {
    case 'ArrowDown':
      return (at + 1) % count;
    case 'ArrowUp':
      return (at - 1 + count) % count;
    case 'Home':
      return 0;
    case 'End':
      return count - 1;
    default:
      return null;
  }
}

/** A menu button (ARIA Authoring Practices). The browser's own popover closes it on Escape and on a press outside. */
export function Menu({ label, name, groups }: MenuProps) {
  const id = useId();
  const button = useRef<HTMLButtonElement>(null);
  const popup = useRef<HTMLDivElement>(null);
  const [open, setOpen] = useState(false);
  const shown = groups.filter((group) => group.length > 0);

  const items = (): HTMLElement[] => [
    ...(popup.current?.querySelectorAll<HTMLElement>('[role="menuitem"]') ?? []),
  ];

  function close(): void {
    popup.current?.hidePopover();
    button.current?.focus();
  }

  function onKeyDown(event: KeyboardEvent): void {
    const all = items();
    const at = all.findIndex((item) => item === document.activeElement);
    const next = target(event.key, at, all.length);
    if (next !== null) all[next]?.focus();
    else if (event.key === 'Tab') close();
    else if (event.key.length === 1 && event.key !== ' ') {
      const wanted = event.key.toLowerCase();
      const order = [...all.slice(at + 1), ...all.slice(0, at + 1)];
      order.find((item) => item.textContent.toLowerCase().startsWith(wanted))?.focus();
    } else return;
    event.preventDefault();
  }

  return (
    <>
      <button
        ref={button}
        type="button"
        className={buttonClass('quiet', true)}
        aria-label={label}
        title={label}
        popoverTarget={id}
        aria-haspopup="menu"
        aria-expanded={open}
        onKeyDown={(event) => {
          if (event.key !== 'ArrowDown') return;
          event.preventDefault();
          popup.current?.showPopover();
        }}
      >
        <Ellipsis size={16} aria-hidden />
      </button>
      <div
        ref={popup}
        id={id}
        popover="auto"
        role="menu"
        aria-label={name}
        className={css['popup']}
        onKeyDown={onKeyDown}
        onToggle={(event) => {
          const opened = event.newState === 'open';
          setOpen(opened);
          if (!opened || button.current === null) return;
          place(event.currentTarget, button.current);
          items()[0]?.focus();
        }}
      >
        {shown.map((group) => (
          <div key={group[0]?.label} role="group" className={css['group']}>
            {group.map(({ label: itemLabel, danger, run }) => (
              <button
                key={itemLabel}
                type="button"
                role="menuitem"
                tabIndex={-1}
                className={css['item']}
                data-danger={danger}
                onPointerMove={(event) => {
                  event.currentTarget.focus();
                }}
                onClick={() => {
                  // The button has the focus back before a dialog opens, which will return it there.
                  close();
                  run();
                }}
              >
                {itemLabel}
              </button>
            ))}
          </div>
        ))}
      </div>
    </>
  );
}
