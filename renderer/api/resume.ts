import type { PageKey } from './page-key.ts';

export interface ResumePorts {
  fetch: typeof fetch;
  /** Of this page: the signature is valid for this address only. */
  origin: string;
}

/**
 * Reconnects to a core that was restarted: proves that this is the page that the previous core knew.
 * Returns the path to continue at; null if the core does not know the page. Rejects as `fetch` does.
 */
export async function resumePath(key: PageKey, { fetch, origin }: ResumePorts): Promise<string | null> {
  const ask = async (proof?: { challenge: string; signature: string }): Promise<Record<string, unknown>> => {
    const response = await fetch('/resume', {
      method: 'POST',
      headers: { 'X-Tokentray': '1', 'Content-Type': 'application/json' },
      body: JSON.stringify({ page: key.text, ...(proof && { proof }) }),
      cache: 'no-store',
      credentials: 'omit',
    });
    return response.ok ? ((await response.json()) as Record<string, unknown>) : {};
  };
  const { challenge } = await ask();
  if (typeof challenge !== 'string') return null;
  const signature = await key.sign(`tokentray resume\n${origin}\n${challenge}`);
  const { path } = await ask({ challenge, signature });
  // Never leaves this origin, whoever answers.
  return typeof path === 'string' && path.startsWith('/open/') ? path : null;
}
