import { useEffect, useState, type ReactNode } from 'react';
import { Empty } from './empty.tsx';

/** Screens in a file of their own, which is loaded when they are needed. */
export function lazyParts<Parts>(load: () => Promise<Parts>): {
  /** Ignores a failure: who needs them tries again. */
  preload: () => Promise<void>;
  /** Renders a part, once all are loaded; `loading` until then. */
  With: (props: { children: (parts: Parts) => ReactNode; loading?: ReactNode }) => ReactNode;
} {
  let known: Parts | null = null;
  const preload = async (): Promise<void> => {
    try {
      known ??= await load();
    } catch {
      // The core is gone; the banner says so.
    }
  };
  function With({
    children,
    loading = <Empty>Loading…</Empty>,
  }: {
    children: (parts: Parts) => ReactNode;
    loading?: ReactNode;
  }) {
    // A function would be called by the state.
    const [parts, setParts] = useState(() => known);
    useEffect(() => {
      let current = true;
      if (parts === null) {
        void preload().then(() => {
          if (current) setParts(() => known);
        });
      }
      return () => {
        current = false;
      };
    }, [parts]);
    return parts === null ? loading : children(parts);
  }
  return { preload, With };
}
