import { useCallback, useEffect, useRef, useState, type RefCallback } from 'react';
import type { ConnectionId } from '../../../contract/ids.ts';
import { useApp, useAppStore } from '../../store/use-app.ts';

interface Revealed {
  shown: boolean;
  /** Ref of the element that shows the token; only its text ever holds it. */
  place: RefCallback<HTMLElement>;
  busy: boolean;
  show: () => void;
  hide: () => void;
}

/**
 * Shows the access token on request. It is written straight into the DOM, because React would keep it for a while in
 * the props of previous renders. It is removed after the time given in the settings, when the window loses the focus or
 * is hidden, when the app is locked, and when the component unmounts.
 */
export function useRevealed(id: ConnectionId): Revealed {
  const reveal = useApp((state) => state.reveal);
  const seconds = useApp((state) => state.settings.revealSeconds);
  const store = useAppStore();
  const announce = useApp((state) => state.announce);
  const notifyFailure = useApp((state) => state.notifyFailure);
  const [shown, setShown] = useState(false);
  const [busy, setBusy] = useState(false);
  /** Incremented each time the token is hidden, so that a late answer is discarded. */
  const epoch = useRef(0);
  const element = useRef<HTMLElement | null>(null);

  const hide = useCallback((): void => {
    epoch.current++;
    element.current?.replaceChildren();
    setShown(false);
  }, []);

  const place = useCallback<RefCallback<HTMLElement>>((node) => {
    element.current = node;
    return () => {
      node?.replaceChildren();
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

  useEffect(
    () =>
      store.subscribe(({ status }) => {
        if (status?.keychain.state === 'locked') hide();
      }),
    [store, hide],
  );

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
