/** The properties of a request that decide whether it is admitted. Header names are lower-case. */
export interface RequestFacts {
  method: string;
  path: string;
  /** Whether the URL is under the secret base path, which `path` then omits. Everything except the entry points is there. */
  underBasePath: boolean;
  host: string | undefined;
  origin: string | undefined;
  fetchSite: string | undefined;
  /** Whether `X-Tokentray` is set; a foreign page cannot send it without a preflight, which is never granted. */
  hasOwnHeader: boolean;
  hasSession: boolean;
}

export type Admission =
  'link' | 'resume' | 'page' | 'asset' | 'api' | 'unauthorized' | 'forbidden' | 'not-found';

/**
 * Pure. `ownHosts` are the valid values of `Host` for this server; any other is DNS rebinding. Pages, files and calls
 * need a session; calls must also come from our own page.
 */
export function admit(request: RequestFacts, ownHosts: ReadonlySet<string>): Admission {
  if (request.host === undefined || !ownHosts.has(request.host)) return 'forbidden';
  const reading = request.method === 'GET';
  const ownPage =
    (request.origin === undefined || request.origin === `http://${request.host}`) &&
    (request.fetchSite === undefined || request.fetchSite === 'same-origin');
  if (!request.underBasePath) {
    if (request.path === '/resume' && request.method === 'POST' && request.hasOwnHeader && ownPage)
      return 'resume';
    if (!request.path.startsWith('/open/')) return 'unauthorized';
    return reading ? 'link' : 'not-found';
  }
  if (request.path.startsWith('/v1/')) {
    if (!request.hasSession) return 'unauthorized';
    return ownPage && (reading || request.hasOwnHeader) ? 'api' : 'forbidden';
  }
  if (!reading) return 'not-found';
  if (request.path === '/') return request.hasSession ? 'page' : 'unauthorized';
  return request.hasSession ? 'asset' : 'unauthorized';
}
