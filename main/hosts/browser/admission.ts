/** What decides whether a request may come in. Header names are lower-case. */
export interface RequestFacts {
  method: string;
  path: string;
  /** Whether it was asked for under the secret path, which `path` is then without; all but ways in stand there. */
  based: boolean;
  host: string | undefined;
  origin: string | undefined;
  fetchSite: string | undefined;
  /** Whether `X-Tokentray` is there; a foreign page cannot send it without a preflight, which is never granted. */
  marked: boolean;
  hasSession: boolean;
}

export type Admission =
  'link' | 'resume' | 'page' | 'asset' | 'api' | 'unauthorized' | 'forbidden' | 'not-found';

/**
 * Pure. `ownHosts` are the values of `Host` that reach this server by intent; any other is DNS rebinding. Pages,
 * files and calls need a session; calls must come from our own page.
 */
export function admit(request: RequestFacts, ownHosts: ReadonlySet<string>): Admission {
  if (request.host === undefined || !ownHosts.has(request.host)) return 'forbidden';
  const reading = request.method === 'GET';
  const ownPage =
    (request.origin === undefined || request.origin === `http://${request.host}`) &&
    (request.fetchSite === undefined || request.fetchSite === 'same-origin');
  if (!request.based) {
    if (request.path === '/resume' && request.method === 'POST' && request.marked && ownPage) return 'resume';
    if (!request.path.startsWith('/open/')) return 'unauthorized';
    return reading ? 'link' : 'not-found';
  }
  if (request.path.startsWith('/v1/')) {
    if (!request.hasSession) return 'unauthorized';
    return ownPage && (reading || request.marked) ? 'api' : 'forbidden';
  }
  if (!reading) return 'not-found';
  if (request.path === '/') return request.hasSession ? 'page' : 'unauthorized';
  return request.hasSession ? 'asset' : 'unauthorized';
}
