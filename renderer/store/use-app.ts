import { createContext, useContext } from 'react';
import { useStore } from 'zustand';
import type { AppStore } from './app-store.ts';
import type { AppState } from './state.ts';

export const AppStoreContext = createContext<AppStore | null>(null);

export function useAppStore(): AppStore {
  const store = useContext(AppStoreContext);
  if (store === null) throw new Error('no store above this component');
  return store;
}

/** The part of the state that `select` returns; renders again only when that changes. */
export const useApp = <T>(select: (state: AppState) => T): T => useStore(useAppStore(), select);
