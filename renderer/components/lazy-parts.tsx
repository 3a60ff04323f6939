import { useEffect, useState, type ReactNode } from 'react';
import { Empty } from './empty.tsx';

interface LazyParts<Parts> {
  /** Loads them ahead. Ignores a failure: who needs them tries again. */
  preload: () => Promise<void>;
  /** Renders a part, once they are loaded. */
  With: (props: { children: (parts: Parts) => ReactNode }) => ReactNode;
}

/** Screens in a file of their own, which most starts never show. */
export function lazyParts<Parts>(load: () => Promise<Parts>): LazyParts<Parts> {
  let known: Parts | null = null;

  async function preload(): Promise<void> {
    try {
      known ??= await load();
    } catch {
      // The core is gone; the banner says so.
    }
  }

  function With({ children }: { children: (parts: Parts) => ReactNode }) {
    const [parts, setParts] = useState<{ of: Parts } | null>(known === null ? null : { of: known });
    useEffect(() => {
      let current = true;
      if (parts === null) {
        void preload().then(() => {
          if (current && known !== null) setParts({ of: known });
        });
      }
      return () => {
        current = false;
      };
    }, [parts]);
    return parts === null ? <Empty>Loading…</Empty> : children(parts.of);
  }

  return { preload, With };
}
