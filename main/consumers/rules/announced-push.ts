import type { RequestLine } from './request-facts.ts';

const ADVERTISEMENT = /\/info\/refs$/i;

/**
 * The push that a request of git prepares: it first asks for the references, to which it shows what it is answered; of a refusal of the
 * push itself it shows the status alone (gitprotocol-http(5)). Null: it prepares none. Pure.
 */
export function announcedPush<T extends RequestLine & { readonly query: string }>(request: T): T | null {
  const { api, method, path, query } = request;
  if (api !== 'git' || method !== 'GET' || !ADVERTISEMENT.test(path)) return null;
  if (!new URLSearchParams(query).getAll('service').includes('git-receive-pack')) return null;
  return { ...request, method: 'POST', path: path.replace(ADVERTISEMENT, '/git-receive-pack'), query: '' };
}
