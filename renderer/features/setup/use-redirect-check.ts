import { useEffect, useState } from 'react';
import type { CallOutput } from '../../../contract/calls.ts';
import type { ProviderId } from '../../../contract/ids.ts';
import { useApp } from '../../store/use-app.ts';

type Found = CallOutput<'clients.check-redirect'>;

/** After the last keystroke. */
const TYPING_MS = 300;

/** Whether the redirect URI can be used now: looked up again with each change, and whenever the person comes back to the window. */
export function useRedirectCheck(provider: ProviderId, redirectUri: string): Found | null {
  const check = useApp((state) => state.checkRedirect);
  const [found, setFound] = useState<{ of: string; view: Found } | null>(null);
  useEffect(() => {
    let current = true;
    const look = (): void => {
      void check(provider, redirectUri).then((reply) => {
        if (current) setFound(reply.ok ? { of: redirectUri, view: reply.value } : null);
      });
    };
    const typing = setTimeout(look, TYPING_MS);
    window.addEventListener('focus', look);
    return () => {
      current = false;
      clearTimeout(typing);
      window.removeEventListener('focus', look);
    };
  }, [check, provider, redirectUri]);
  return found?.of === redirectUri ? found.view : null;
}
