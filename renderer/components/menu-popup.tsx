import { type KeyboardEvent, type RefObject } from 'react';
import css from './menu.module.css';

export interface MenuItem {
  label: string;
  danger?: boolean;
  /** Set for radio items: whether this one is selected. */
  checked?: boolean;
  /** The shortcut for the same action; visual only. */
  keys?: string;
  run: () => void;
}

/** Groups are separated by a line; empty ones are left out. */
export type MenuGroups = readonly (readonly MenuItem[])[];

interface MenuPopupProps {
  ref: RefObject<HTMLDivElement | null>;
  id?: string;
  name: string;
  groups: MenuGroups;
  /** `auto`: the browser closes it on Escape and on a click outside; `manual`: it closes when it loses the focus. */
  kind: 'auto' | 'manual';
  /** Positions the popup. Called once it can be measured. */
  place: (popup: HTMLElement) => void;
  onOpenChange?: (open: boolean) => void;
  /** Returns the focus to the element that opened it. */
  returnFocus: () => void;
}

/** The index that a key moves to among `count` items; null for other keys. */
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

const itemsOf = (popup: HTMLElement | null): HTMLElement[] => [
  ...(popup?.querySelectorAll<HTMLElement>('[role^="menuitem"]') ?? []),
];

/** The menu (ARIA Authoring Practices), in the browser's top layer. */
export function MenuPopup({ ref, id, name, groups, kind, place, onOpenChange, returnFocus }: MenuPopupProps) {
  function close(): void {
    ref.current?.hidePopover();
    returnFocus();
  }

  function onKeyDown(event: KeyboardEvent): void {
    const all = itemsOf(ref.current);
    const at = all.findIndex((item) => item === document.activeElement);
    const next = target(event.key, at, all.length);
    if (next !== null) all[next]?.focus();
    else if (event.key === 'Tab' || (event.key === 'Escape' && kind === 'manual')) close();
    else if (event.key.length === 1 && event.key !== ' ' && !event.ctrlKey && !event.metaKey) {
      const wanted = event.key.toLowerCase();
      const order = [...all.slice(at + 1), ...all.slice(0, at + 1)];
      order.find((item) => item.textContent.toLowerCase().startsWith(wanted))?.focus();
    } else return;
    event.preventDefault();
  }

  return (
    <div
      ref={ref}
      id={id}
      popover={kind}
      role="menu"
      aria-label={name}
      className={css['popup']}
      onKeyDown={onKeyDown}
      onContextMenu={(event) => {
        event.preventDefault();
      }}
      onBlur={(event) => {
        if (kind === 'manual' && !event.currentTarget.contains(event.relatedTarget))
          ref.current?.hidePopover();
      }}
      onToggle={(event) => {
        const opened = event.newState === 'open';
        onOpenChange?.(opened);
        if (!opened) return;
        place(event.currentTarget);
        const all = itemsOf(event.currentTarget);
        (all.find((item) => item.ariaChecked === 'true') ?? all[0])?.focus();
      }}
    >
      {groups
        .filter((group) => group.length > 0)
        .map((group) => (
          <div key={group[0]?.label} role="group" className={css['group']}>
            {group.map(({ label, danger, checked, keys, run }) => (
              <button
                key={label}
                type="button"
                role={checked === undefined ? 'menuitem' : 'menuitemradio'}
                aria-checked={checked}
                tabIndex={-1}
                className={css['item']}
                data-danger={danger}
                onPointerMove={(event) => {
                  event.currentTarget.focus();
                }}
                onClick={() => {
                  // First return the focus, so that a dialog that opens next will return it to the same element.
                  close();
                  run();
                }}
              >
                {checked !== undefined && (
                  <span className={css['check']} aria-hidden="true">
                    {checked && '✓'}
                  </span>
                )}
                {label}
                {keys !== undefined && (
                  <kbd className={css['keys']} aria-hidden="true">
                    {keys}
                  </kbd>
                )}
              </button>
            ))}
          </div>
        ))}
    </div>
  );
}
