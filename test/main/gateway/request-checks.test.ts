import { describe, expect, it } from 'vitest';
import { checkRequest, MOST_HEADERS, type CheckedRequest } from '../../../main/gateway/request-checks.ts';

const HOSTS = new Set(['127.0.0.1:7980']);

const request = (changes: Partial<CheckedRequest> = {}, more: readonly string[] = []): CheckedRequest => {
  const rawHeaders = ['Host', '127.0.0.1:7980', ...more];
  const headers = Object.fromEntries(
    rawHeaders.flatMap((name, index) =>
      index % 2 === 0 ? [[name.toLowerCase(), rawHeaders[index + 1]]] : [],
    ),
  ) as CheckedRequest['headers'];
  return { method: 'POST', httpVersionMajor: 1, httpVersionMinor: 1, rawHeaders, headers, ...changes };
};

const others = (count: number): string[] =>
  Array.from({ length: count }, (_, index) => [`X-${index}`, 'a']).flat();

describe('a request', () => {
  it.each([
    ['of HTTP/1.1', request()],
    ['of HTTP/1.0', request({ httpVersionMinor: 0 })],
    ['in chunks', request({}, ['Transfer-Encoding', 'Chunked'])],
    ['with as many headers as are read', request({}, others(MOST_HEADERS - 1))],
  ])('%s may go on', (_, given) => {
    expect(checkRequest(given, HOSTS)).toBeNull();
  });

  it.each([
    ['of HTTP/0.9', request({ httpVersionMajor: 0, httpVersionMinor: 9 }), 505],
    ['of HTTP/1.2', request({ httpVersionMinor: 2 }), 505],
    ['of HTTP/2.0', request({ httpVersionMajor: 2, httpVersionMinor: 0 }), 505],
    ['with one header more', request({}, others(MOST_HEADERS)), 431],
    ['in chunks of HTTP/1.0', request({ httpVersionMinor: 0 }, ['Transfer-Encoding', 'chunked']), 400],
    ['in another coding', request({}, ['Transfer-Encoding', 'gzip, chunked']), 400],
    ['with two hosts', request({}, ['host', '127.0.0.1:7980']), 400],
  ])('%s is refused', (_, given, status) => {
    expect(checkRequest(given, HOSTS)).toMatchObject({ kind: 'malformed', status });
  });
});
