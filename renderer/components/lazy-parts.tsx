import { useEffect, useState, type ReactNode } from 'react';
import { Empty } from './empty.tsx';

/** Screens in a file of their own, which is loaded when they are needed. */
export interface LazyParts<Parts> {
  /** Ignores a failure: who needs them tries again. */
  preload: () => Promise<void>;
  /** Renders a part of them, once they are loaded; until then, `loading`. */
  With: (props: { children: (parts: Parts) => ReactNode; loading?: ReactNode }) => ReactNode;
}

export function lazyParts<Parts>(load: () => Promise<Parts>): LazyParts<Parts> {
  let known: Parts | null = null;
  const preload = async (): Promise<void> => {
    try {
      known ??= await load();
    } catch {
      // The core is gone; the banner says so.
    }
  };
  return {
    preload,
    With: function With({ children, loading = <Empty>Loading…</Empty> }) {
      const [parts, setParts] = useState(known);
      useEffect(() => {
        let current = true;
        if (parts === null) {
          void preload().then(() => {
            if (current) setParts(known);
          });
        }
        return () => {
          current = false;
        };
      }, [parts]);
      return parts === null ? loading : children(parts);
    },
  };
}
