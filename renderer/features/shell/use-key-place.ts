import { useMemo } from 'react';
import { useApp } from '../../store/use-app.ts';
import type { KeyPlace } from '../../view/shortcuts.ts';

export const isMac = (): boolean => navigator.userAgent.includes('Mac OS');

/** Which keys work here. */
export function useKeyPlace(): KeyPlace {
  const host = useApp((state) => state.status?.host ?? 'browser');
  return useMemo(() => ({ host, mac: isMac() }), [host]);
}
