import { useEffect, useState } from 'react';
import type { ConnectionView } from '../../../contract/connection.ts';
import { useApp } from '../../store/use-app.ts';

/** Passing over a connection with the arrow keys asks for nothing. */
const SETTLE_MS = 300;

export interface ApiAddresses {
  jira: string | null;
  confluence: string | null;
}

const NONE: ApiAddresses = { jira: null, confluence: null };

/**
 * The addresses at which the connection's token works, as the core would write them to a file (a preview reads
 * no token). None for a connection without a site.
 */
export function useApiAddresses({ id, site }: ConnectionView): ApiAddresses {
  const previewExport = useApp((state) => state.previewExport);
  const cloudId = site?.cloudId ?? null;
  const key = `${id} ${cloudId ?? ''}`;
  const [known, setKnown] = useState<{ key: string; addresses: ApiAddresses } | null>(null);
  const wanted = cloudId !== null && known?.key !== key;

  useEffect(() => {
    if (!wanted) return;
    let current = true;
    const timer = setTimeout(() => {
      void previewExport({ connection: id, preset: 'atlassian' }).then((reply) => {
        if (!current || !reply.ok) return;
        const valueOf = (name: string): string | null =>
          reply.value.variables.find((variable) => variable.name === name)?.value ?? null;
        setKnown({
          key,
          addresses: {
            jira: valueOf('ATLASSIAN_JIRA_API_URL'),
            confluence: valueOf('ATLASSIAN_CONFLUENCE_API_URL'),
          },
        });
      });
    }, SETTLE_MS);
    return () => {
      current = false;
      clearTimeout(timer);
    };
  }, [wanted, id, key, previewExport]);

  return known?.key === key ? known.addresses : NONE;
}
