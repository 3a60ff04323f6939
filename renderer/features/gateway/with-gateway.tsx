import { useEffect, useState, type ReactNode } from 'react';
import { Empty } from '../../components/empty.tsx';
import type * as GatewayParts from './gateway-parts.tsx';

type Parts = typeof GatewayParts;

let known: Parts | null = null;

/** Loads the gateway's screens, which most starts never show. Ignores a failure: who needs them tries again. */
export async function preloadGateway(): Promise<void> {
  try {
    known ??= await import('./gateway-parts.tsx');
  } catch {
    // The core is gone; the banner says so.
  }
}

/** Renders a part of the gateway's screens, once they are loaded. */
export function WithGateway({
  children,
  loading = <Empty>Loading…</Empty>,
}: {
  children: (parts: Parts) => ReactNode;
  loading?: ReactNode;
}) {
  const [parts, setParts] = useState(known);
  useEffect(() => {
    let current = true;
    if (parts === null) {
      void preloadGateway().then(() => {
        if (current) setParts(known);
      });
    }
    return () => {
      current = false;
    };
  }, [parts]);
  return parts === null ? loading : children(parts);
}
