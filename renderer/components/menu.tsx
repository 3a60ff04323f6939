import { useId, useRef, useState, type ReactNode } from 'react';
import { buttonClass } from './button.tsx';
import { placeBelow } from './menu-place.ts';
import { MenuPopup, type MenuGroups } from './menu-popup.tsx';

interface MenuProps {
  /** Accessible name and tooltip of the button. */
  label: string;
  /** Accessible name of the menu. */
  name: string;
  /** The button's icon. */
  icon: ReactNode;
  /** Highlights the button: the menu has a selection other than the default. */
  marked?: boolean;
  groups: MenuGroups;
}

/** An icon button that opens a menu. */
export function Menu({ label, name, icon, marked = false, groups }: MenuProps) {
  const id = useId();
  const button = useRef<HTMLButtonElement>(null);
  const popup = useRef<HTMLDivElement>(null);
  const [open, setOpen] = useState(false);
  return (
    <>
      <button
        ref={button}
        type="button"
        className={buttonClass(marked ? 'marked' : 'quiet', true)}
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
        {icon}
      </button>
      <MenuPopup
        ref={popup}
        id={id}
        name={name}
        groups={groups}
        kind="auto"
        place={(shown) => {
          if (button.current !== null) placeBelow(shown, button.current.getBoundingClientRect());
        }}
        onOpenChange={setOpen}
        returnFocus={() => button.current?.focus()}
      />
    </>
  );
}
