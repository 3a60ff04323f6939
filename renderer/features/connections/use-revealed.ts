import { useCallback, useEffect, useRef, useState, type RefCallback } from 'react';
import type { ConnectionId } from '../../../contract/ids.ts';
import { useApp } from '../../store/use-app.ts';

interface Revealed {
  shown: boolean;
  /** For the element that shows it; only its text ever holds the token. */
  place: RefCallback<HTMLElement>;
  busy: boolean;
  show: () => void;
  hide: () => void;
}

/**
 * The access token, shown because a person asked. It goes straight into the page's text: what React is given it keeps
 * for a while, in properties of the render before. It ends with the time that the settings give, when the window is
 * left or hidden, and when the component goes.
 */
export function useRevealed(id: ConnectionId): Revealed {
  const reveal = useApp((state) => state.reveal);
  const seconds = useApp((state) => state.settings.revealSeconds);
  const announce = useApp((state) => state.announce);
  const notifyFailure = useApp((state) => state.notifyFailure);
  const [shown, setShown] = useState(false);
  const [busy, setBusy] = useState(false);
  /** Counts up with every hiding: an answer that comes after one is dropped. */
  const epoch = useRef(0);
  const element = useRef<HTMLElement | null>(null);

  const hide = useCallback((): void => {
    epoch.current++;
    element.current?.replaceChildren();
    setShown(false);
  }, []);

  const place = useCallback<RefCallback<HTMLElement>>((shower) => {
    element.current = shower;
    return () => {
      shower?.replaceChildren();
      element.current = null;
    };
  }, []);

  useEffect(() => {
    const counter = epoch;
    const onVisibility = (): void => {
      if (document.visibilityState === 'hidden') hide();
    };
    window.addEventListener('blur', hide);
    window.addEventListener('pagehide', hide);
    document.addEventListener('visibilitychange', onVisibility);
    return () => {
      counter.current++;
      window.removeEventListener('blur', hide);
      window.removeEventListener('pagehide', hide);
      document.removeEventListener('visibilitychange', onVisibility);
    };
  }, [hide]);

  useEffect(() => {
    if (!shown) return;
    const timer = setTimeout(() => {
      hide();
      announce('Token hidden again');
    }, seconds * 1000);
    return () => {
      clearTimeout(timer);
    };
  }, [shown, hide, seconds, announce]);

  const show = async (): Promise<void> => {
    const mine = ++epoch.current;
    setBusy(true);
    const reply = await reveal(id, 'access_token');
    setBusy(false);
    if (!reply.ok) notifyFailure(reply.error);
    else if (mine === epoch.current) {
      element.current?.replaceChildren(reply.value.value);
      setShown(true);
      announce(`Token shown for ${seconds} seconds`);
    }
  };

  return { shown, place, busy, show: () => void show(), hide };
}
