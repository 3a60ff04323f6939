/** Whether a client id names a document on the web (draft-ietf-oauth-client-id-metadata-document §3) rather than a registration. */
export const isDocumentAddress = (clientId: string): boolean => /^https:\/\//i.test(clientId);

/** Domains that are never public (IANA's special-use domain names, and `internal`). */
const SPECIAL =
  /(?:^|\.)(?:alt|arpa|example|home|internal|intranet|invalid|lan|local|localdomain|localhost|onion|private|test)$/;

/** Whether a host that cannot be looked up here may be one of the public internet: a domain name, at the usual port. */
export const isPublicName = ({ hostname, port }: URL): boolean =>
  port === '' &&
  /^(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+(?:[a-z]{2,}|xn--[a-z0-9-]+)$/.test(hostname) &&
  !SPECIAL.test(hostname);

/** Why a client id cannot be the address of a document; null: it can. Nothing has been looked up yet. */
export function addressFault(clientId: string): string | null {
  if (clientId.length > 1000 || !/^[\x21-\x7e]+$/.test(clientId) || !URL.canParse(clientId))
    return 'it is not an address';
  const url = new URL(clientId);
  if (url.protocol !== 'https:') return 'it is not https';
  if (url.username !== '' || url.password !== '') return 'it contains a user name or password';
  if (clientId.includes('#')) return 'it contains a fragment';
  if (clientId.includes('\\')) return 'it contains a backslash';
  if (url.pathname === '/') return 'it has no path';
  const path = clientId.replace(/^[^/]*\/\/[^/?]*/, '').replace(/\?.*$/, '');
  const segments = path.split('/').map((segment) => segment.replace(/%2e/gi, '.'));
  if (segments.some((segment) => segment === '.' || segment === '..')) return 'it contains dot segments';
  // Compared as strings everywhere: there may be one spelling only.
  if (url.href !== clientId) return 'it is not written in its normal form';
  return null;
}
