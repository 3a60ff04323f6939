import { useMemo } from 'react';
import { useApp } from '../../store/use-app.ts';
import type { KeyPlace } from '../../view/shortcuts.ts';

export const isMac = (): boolean => navigator.userAgent.includes('Mac OS');

/** Where the window runs, which decides the shortcuts that work. */
export function useKeyPlace(): KeyPlace {
  const host = useApp((state) => state.status?.host ?? 'browser');
  return useMemo(() => ({ host, mac: isMac() }), [host]);
}
