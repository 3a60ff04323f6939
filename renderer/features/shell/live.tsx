import { X } from 'lucide-react';
import { useEffect, useRef, type FocusEvent } from 'react';
import { createPortal } from 'react-dom';
import { Button } from '../../components/button.tsx';
import { HintText } from '../../components/hint-text.tsx';
import { StateShape } from '../../components/state-shape.tsx';
import type { Notice } from '../../store/state.ts';
import { useApp, useAppStore } from '../../store/use-app.ts';
import { focusReturn } from './focus-return.ts';
import css from './live.module.css';

/** Gives notices room of their own: sections and dialogs end above them, so they cover nothing. */
function useRoom() {
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const element = place.current;
    if (element === null) return undefined;
    const sizes = new ResizeObserver(() => {
      document.documentElement.style.setProperty('--notices', `${element.offsetHeight}px`);
    });
    sizes.observe(element);
    return () => {
      sizes.disconnect();
    };
  }, []);
  return place;
}

function OneNotice({ notice, leave }: { notice: Notice; leave: () => void }) {
  const canUndo = useApp((state) => state.undos.some(({ id }) => id === notice.undo));
  const undo = useApp((state) => state.undo);
  const dismiss = useApp((state) => state.dismissNotice);
  return (
    <div className={css['notice']} data-kind={notice.kind}>
      <span className={css['mark']}>
        <StateShape shape={notice.kind === 'error' ? '▲' : '●'} />
      </span>
      <div className={css['text']}>
        <p>{notice.text}</p>
        {notice.hint !== null && (
          <p className={css['hint']}>
            <HintText>{notice.hint}</HintText>
          </p>
        )}
      </div>
      {canUndo && (
        <Button
          onClick={() => {
            leave();
            void undo();
          }}
        >
          Undo
        </Button>
      )}
      <Button
        look="quiet"
        icon
        aria-label="Dismiss"
        onClick={() => {
          leave();
          dismiss(notice.id);
        }}
      >
        <X size={16} aria-hidden />
      </Button>
    </div>
  );
}

/**
 * What screen readers announce: changes of state (not visible), and notices after an action. `aria-live` repeats what
 * the role implies because an open dialog hides everything outside it except elements with that attribute; outside the
 * root, they are above a dialog's shade.
 */
export function Live() {
  const announcement = useApp((state) => state.announcement);
  const notices = useApp((state) => state.notices);
  const store = useAppStore();
  const place = useRoom();
  const back = useRef<() => HTMLElement | null>(() => null);

  function leave(): void {
    if (place.current?.contains(document.activeElement) === true) back.current()?.focus();
  }

  return createPortal(
    <>
      <div role="status" aria-live="polite" aria-label="Announcements" className="hidden">
        {announcement}
      </div>
      <div
        ref={place}
        role="status"
        aria-live="polite"
        aria-atomic="false"
        aria-label="Notice"
        id="notices"
        className={css['place']}
        onPointerEnter={() => {
          store.getState().holdNotices(true);
        }}
        onPointerLeave={() => {
          store.getState().holdNotices(false);
        }}
        onFocus={({ currentTarget, relatedTarget }: FocusEvent) => {
          if (!currentTarget.contains(relatedTarget)) back.current = focusReturn(relatedTarget);
          store.getState().holdNotices(true);
        }}
        onBlur={({ currentTarget, relatedTarget }) => {
          if (!currentTarget.contains(relatedTarget)) store.getState().holdNotices(false);
        }}
        onKeyDown={(event) => {
          if (event.key !== 'Escape') return;
          event.preventDefault();
          leave();
        }}
      >
        {notices.map((notice) => (
          <OneNotice key={notice.id} notice={notice} leave={leave} />
        ))}
      </div>
    </>,
    document.body,
  );
}
