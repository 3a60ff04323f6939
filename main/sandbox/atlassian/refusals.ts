import { json, text, type Reply } from '../exchange.ts';

/**
 * What a request by HTTP Basic gets when its credential is not valid. Only Jira says so: Confluence treats the caller as
 * nobody, and nobody may see anything.
 */
export function deadCredential(product: 'jira' | 'confluence', path: string): Reply {
  const headers = { 'x-seraph-loginreason': 'AUTHENTICATED_FAILED' };
  if (product === 'jira')
    return text(401, 'Client must be authenticated to access this resource.', {
      ...headers,
      'www-authenticate': 'OAuth realm="https%3A%2F%2Facme.atlassian.net"',
    });
  if (path.startsWith('/wiki/api/v2/'))
    return json(
      404,
      { errors: [{ status: 404, code: 'NOT_FOUND', title: 'Not Found', detail: null }] },
      headers,
    );
  const message = path.endsWith('/user/current')
    ? 'Current user not permitted to use Confluence'
    : 'Request rejected because caller cannot access Confluence';
  return json(
    403,
    { statusCode: 403, data: { authorized: false, valid: true, errors: [] }, message },
    headers,
  );
}

/** The token is good, but belongs to another e-mail address. */
export const mismatch = (): Reply =>
  json(401, { code: 401, message: 'Unauthorized' }, { 'x-failure-category': 'FAILURE_CLIENT_AUTH_MISMATCH' });
