import { useEffect, useRef, useState } from 'react';
import type { ConnectionId } from '../../../contract/ids.ts';
import { useApp } from '../../store/use-app.ts';

interface Revealed {
  /** Null while it is hidden. */
  value: string | null;
  busy: boolean;
  show: () => void;
  hide: () => void;
}

/**
 * The access token, shown because a person asked. It lives in this component alone, and ends with the time that the
 * settings give, when the window is left or hidden, and when the component goes.
 */
export function useRevealed(id: ConnectionId): Revealed {
  const reveal = useApp((state) => state.reveal);
  const seconds = useApp((state) => state.settings.revealSeconds);
  const announce = useApp((state) => state.announce);
  const notifyFailure = useApp((state) => state.notifyFailure);
  const [value, setValue] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  /** Counts up with every hiding: an answer that comes after one is dropped. */
  const epoch = useRef(0);

  const hide = (): void => {
    epoch.current++;
    setValue(null);
  };

  useEffect(() => {
    const counter = epoch;
    const leave = (): void => {
      counter.current++;
      setValue(null);
    };
    const onVisibility = (): void => {
      if (document.visibilityState === 'hidden') leave();
    };
    window.addEventListener('blur', leave);
    window.addEventListener('pagehide', leave);
    document.addEventListener('visibilitychange', onVisibility);
    return () => {
      counter.current++;
      window.removeEventListener('blur', leave);
      window.removeEventListener('pagehide', leave);
      document.removeEventListener('visibilitychange', onVisibility);
    };
  }, []);

  useEffect(() => {
    if (value === null) return;
    const timer = setTimeout(() => {
      setValue(null);
      announce('Token hidden again');
    }, seconds * 1000);
    return () => {
      clearTimeout(timer);
    };
  }, [value, seconds, announce]);

  const show = async (): Promise<void> => {
    const mine = ++epoch.current;
    setBusy(true);
    const reply = await reveal(id, 'access_token');
    setBusy(false);
    if (!reply.ok) notifyFailure(reply.error);
    else if (mine === epoch.current) {
      setValue(reply.value.value);
      announce(`Token shown for ${seconds} seconds`);
    }
  };

  return { value, busy, show: () => void show(), hide };
}
