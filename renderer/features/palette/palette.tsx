import { Dialog } from '@base-ui/react/dialog';
import { ChevronLeft, Search } from 'lucide-react';
import { useEffect, useId, useRef, useState, type KeyboardEvent } from 'react';
import type { ConnectionId } from '../../../contract/ids.ts';
import { useMinute } from '../../components/minute-clock.ts';
import { useApp, useAppStore } from '../../store/use-app.ts';
import { commandOf } from '../../view/shortcuts.ts';
import { focusLater } from '../shell/focus-later.ts';
import { useKeyPlace } from '../shell/use-key-place.ts';
import { Keys } from './keys.tsx';
import type { PaletteEntry } from './palette-items.ts';
import { PaletteOption } from './palette-option.tsx';
import css from './palette.module.css';
import { rememberEntry } from './recent.ts';
import { useEntries } from './use-entries.ts';

const PAGE = 8;

/** How far a key moves among the options; null for other keys. */
const STEPS: Readonly<Record<string, number>> = { ArrowDown: 1, ArrowUp: -1, PageDown: PAGE, PageUp: -PAGE };

/** Finds connections, actions, env files and keys, and goes there or does it (a combobox of the ARIA Authoring Practices). */
export function Palette({ of }: { of: ConnectionId | null }) {
  const store = useAppStore();
  const place = useKeyPlace();
  const now = useMinute();
  const name = useApp((state) => (of === null ? null : (state.connections.get(of)?.name ?? null)));
  const [text, setText] = useState('');
  const [at, setAt] = useState(0);
  const id = useId();
  const list = useRef<HTMLDivElement>(null);
  const groups = useEntries(text, of);
  const found = groups.flatMap((group) => group.found);
  const selected = Math.min(at, found.length - 1);
  const entry = found[selected]?.item;

  useEffect(() => {
    list.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' });
  }, [selected, groups]);

  function type(next: string): void {
    setText(next);
    setAt(0);
  }

  function goTo(connection: ConnectionId | null): void {
    type('');
    store.getState().openDialog({ kind: 'palette', of: connection });
  }

  function run({ id: used, run: act, focus }: PaletteEntry): void {
    rememberEntry(used);
    const { dialog } = store.getState();
    if (focus !== undefined) focusLater(focus);
    act();
    // It may have opened another one.
    if (store.getState().dialog === dialog) store.getState().closeDialog();
  }

  /** False: the field gets the key. */
  function handle(event: KeyboardEvent<HTMLInputElement>): boolean {
    // The keys choose among an input method's words.
    if (event.nativeEvent.isComposing) return false;
    const { selectionStart, selectionEnd } = event.currentTarget;
    const step = STEPS[event.key];
    if (step !== undefined && !event.altKey && found.length > 0) {
      const next = selected + step;
      // One step goes round, a page stops at the ends.
      setAt(
        Math.abs(step) === 1
          ? (next + found.length) % found.length
          : Math.max(0, Math.min(found.length - 1, next)),
      );
      return true;
    }
    if (event.key === 'Enter') {
      if (entry !== undefined) run(entry);
      return true;
    }
    if (event.key === 'ArrowRight' && selectionEnd === text.length && entry?.connection !== undefined) {
      rememberEntry(entry.id);
      goTo(entry.connection.id);
      return true;
    }
    if (
      of !== null &&
      selectionStart === 0 &&
      selectionEnd === 0 &&
      /^(ArrowLeft|Backspace)$/.test(event.key)
    ) {
      goTo(null);
      return true;
    }
    if (commandOf(event, { ...place, inField: true }) === 'palette') {
      store.getState().closeDialog();
      return true;
    }
    return false;
  }

  return (
    <>
      <Dialog.Title className="hidden">{name === null ? 'Find anything' : `Actions of ${name}`}</Dialog.Title>
      <div className={css['head']}>
        {of === null ? (
          <Search size={16} aria-hidden />
        ) : (
          <button
            type="button"
            className={css['of']}
            tabIndex={-1}
            onClick={() => {
              goTo(null);
            }}
          >
            <ChevronLeft size={14} aria-hidden />
            <bdi>{name}</bdi>
          </button>
        )}
        <input
          // The palette is opened to type.
          autoFocus
          key={of}
          type="text"
          role="combobox"
          aria-label={name === null ? 'Find anything' : `Find an action of ${name}`}
          aria-expanded="true"
          aria-controls={`${id}-list`}
          aria-autocomplete="list"
          aria-activedescendant={entry === undefined ? undefined : `${id}-${selected}`}
          autoComplete="off"
          spellCheck={false}
          placeholder={of === null ? 'Find a connection, an action or a file' : 'Find an action'}
          value={text}
          className={css['input']}
          onChange={(event) => {
            type(event.target.value);
          }}
          onKeyDown={(event) => {
            if (handle(event)) event.preventDefault();
          }}
        />
      </div>
      <div ref={list} id={`${id}-list`} role="listbox" aria-label="Found" className={css['list']}>
        {groups.map((group) => (
          <div key={group.title} role="group" aria-label={group.title}>
            <div className={css['group']} aria-hidden="true">
              {group.title}
            </div>
            {group.found.map((one) => {
              const index = found.indexOf(one);
              return (
                <PaletteOption
                  key={one.item.id}
                  id={`${id}-${index}`}
                  found={one}
                  selected={index === selected}
                  now={now}
                  onPoint={() => {
                    setAt(index);
                  }}
                  onRun={() => {
                    run(one.item);
                  }}
                />
              );
            })}
          </div>
        ))}
      </div>
      <p role="status" className={found.length === 0 ? css['none'] : 'hidden'}>
        {found.length === 0
          ? `Nothing matches “${text.trim()}”.`
          : text === ''
            ? ''
            : `${found.length} ${found.length === 1 ? 'match' : 'matches'}`}
      </p>
      <div className={css['foot']} aria-hidden="true">
        <span>
          <Keys keys="↑ ↓" /> choose
        </span>
        <span>
          <Keys keys={place.mac ? '↩' : 'Enter'} /> {entry?.group === 'Actions' ? 'do it' : 'open'}
        </span>
        {entry?.connection !== undefined && (
          <span>
            <Keys keys="→" /> its actions
          </span>
        )}
        <span className={css['close']}>
          <Keys keys="Esc" /> {of === null ? 'close' : 'back'}
        </span>
      </div>
    </>
  );
}
