import type { PageKey } from './page-key.ts';

export interface ResumePorts {
  fetch: typeof fetch;
  /** Of this page: what is signed counts at this address only. */
  origin: string;
}

/**
 * Asks a core that was started again for a way back in: proves that this is the page that the one before it knew.
 * Gives the path to go on at; null when the core does not know the page. Rejects as `fetch` does.
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
  // It stays on this address, whoever answers.
  return typeof path === 'string' && path.startsWith('/open/') ? path : null;
}
