import { describe, expect, it } from 'vitest';
import { checkRawPath, MOST_TARGET_CHARACTERS } from '../../../main/gateway/raw-path.ts';

describe('a target is sent on byte for byte', () => {
  it.each([
    ['/', '/', ''],
    ['/acme/jira/rest/api/3/issue/ABC-1', '/acme/jira/rest/api/3/issue/ABC-1', ''],
    ['/a/b?jql=project%20%3D%20A%2FB&x=..%2f', '/a/b', '?jql=project%20%3D%20A%2FB&x=..%2f'],
    ['/a/b?', '/a/b', '?'],
    ['/a/b?c?d', '/a/b', '?c?d'],
    ['/a/.hidden/x.json/a..b/...', '/a/.hidden/x.json/a..b/...', ''],
    ['/a/%E6%9D%B1%E4%BA%AC/x', '/a/%E6%9D%B1%E4%BA%AC/x', ''],
    ['/a/b;c=d/e', '/a/b;c=d/e', ''],
    ['/a/%252520/e', '/a/%252520/e', ''],
    ['/a/b%252Fc', '/a/b%252Fc', ''],
    ['/a/100%2525', '/a/100%2525', ''],
    ['/a/b/', '/a/b/', ''],
  ])('%s', (target, path, query) => {
    expect(checkRawPath(target)).toEqual({ path, query });
  });
});

describe('a target that programs read differently is refused', () => {
  it.each([
    '',
    '*',
    'acme/jira',
    'http://127.0.0.1:7980/acme/jira/x',
    'HTTP://evil.example/',
    '//evil.example/x',
    '/acme//jira/x',
    '/acme/jira//x',
    '/acme/jira/\\evil',
    '/\\evil',
    '/acme/jira/x#y',
    '/acme/jira/x?y#z',
    '/acme/jira/x?y\\z',
    '/acme/jira/a b',
    '/acme/jira/\u0000',
    '/acme/jira/\u007f',
    '/acme/jira/\u00e9',
    '/acme/jira/x?\u0001',
    ...[
      '.',
      '..',
      '%2e',
      '%2E',
      '%2e%2e',
      '.%2e',
      '%2e.',
      '%252e%252e',
      '.%252E',
      '%25%32%65%25%32%65',
      '%25252e%25252e',
      '%2525252e.',
    ].flatMap((dots) => [
      `/acme/jira/${dots}/x`,
      `/acme/jira/x/${dots}`,
      `/${dots}/acme/jira`,
      `/acme/jira/${dots};a=b/x`,
    ]),
    '/acme/jira/..;/x',
    '/acme/jira/..%3b/x',
    '/acme/jira/..%253b/x',
    '/acme/jira/..%252fx',
    '/acme/jira/..%255cx',
    ...['%2f', '%2F', '%5c', '%5C', '%00', '%0a', '%0D', '%1f', '%7f'].map(
      (hidden) => `/acme/jira/a${hidden}b`,
    ),
    '/acme/jira/%',
    '/acme/jira/%2',
    '/acme/jira/%zz',
    '/acme/jira/%u002e%u002e/x',
    '/acme/jira/%c0%ae%c0%ae/x',
    '/acme/jira/%C1%9C',
    '/acme/jira/%25c0%25ae/x',
    '/acme/jira/%E0%80%AE%e0%80%ae/x',
    '/acme/jira/%e0%9f%bf',
    '/acme/jira/%f0%80%80%ae/x',
    '/acme/jira/a%25e0%2580%25afb',
    '/acme/jira/a%2500b',
    '/acme/jira/a%252500b',
    '/acme/jira/a%250d%250ab',
    '/acme/jira/%252525252525252e',
  ])('%j', (target) => {
    expect(checkRawPath(target)).toMatchObject({ status: 400 });
  });

  it('when it is too long', () => {
    expect(checkRawPath(`/${'a'.repeat(MOST_TARGET_CHARACTERS)}`)).toMatchObject({ status: 414 });
  });

  it('in little time', () => {
    const started = performance.now();
    for (const piece of ['.a', '/.', '%2e', '%25', ';', 'a.', '/a.'])
      checkRawPath(`/${piece.repeat(Math.floor(MOST_TARGET_CHARACTERS / piece.length) - 1)}`);
    expect(performance.now() - started).toBeLessThan(1000);
  });
});
