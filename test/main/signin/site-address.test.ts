import { expect, it } from 'vitest';
import { instanceAddress, siteAddress } from '../../../main/signin/site-address.ts';

const CLOUD = 'https://{name}.atlassian.net';

it.each([
  ['acme', 'https://acme.atlassian.net'],
  [' ACME ', 'https://acme.atlassian.net'],
  ['acme.atlassian.net', 'https://acme.atlassian.net'],
  ['acme.atlassian.net/wiki/', 'https://acme.atlassian.net'],
  ['acme/', 'https://acme.atlassian.net'],
  ['acme/wiki', 'https://acme.atlassian.net'],
  ['https://acme/jira?x=y', 'https://acme.atlassian.net'],
  ['"acme"', 'https://acme.atlassian.net'],
  ["'https://acme.atlassian.net/'", 'https://acme.atlassian.net'],
  ['<https://acme.atlassian.net>,', 'https://acme.atlassian.net'],
  ['“acme.atlassian.net”', 'https://acme.atlassian.net'],
  ['https//acme.atlassian.net', 'https://acme.atlassian.net'],
  ['https:/acme.atlassian.net', 'https://acme.atlassian.net'],
  ['https:acme.atlassian.net', 'https://acme.atlassian.net'],
  ['https:///acme.atlassian.net', 'https://acme.atlassian.net'],
  ['HTTPS://https://acme.atlassian.net', 'https://acme.atlassian.net'],
  ['https//acme', 'https://acme.atlassian.net'],
  ['jira.büro.example', 'https://jira.xn--bro-hoa.example'],
  ['https://acme.atlassian.net/browse/A-1?x=1#y', 'https://acme.atlassian.net'],
  ['https://jira.acme.example/issues', 'https://jira.acme.example'],
])('%j is the site %s', (text, url) => {
  expect(siteAddress(text, CLOUD)).toEqual({ ok: true, value: url });
});

it.each([
  'http://acme.atlassian.net',
  'https://user:pw@acme.example',
  'two words',
  '',
  'ftp://x',
  'a_b/c d',
  'acme"x.atlassian.net',
  'ac$me.atlassian.net',
  'acme..atlassian.net',
  '-acme.atlassian.net',
  '""',
  'http:/acme.atlassian.net',
])('%j is no site, and the answer says how one looks', (text) => {
  expect(siteAddress(text, CLOUD)).toMatchObject({
    error: { code: 'invalid-input', hint: expect.stringContaining('https://acme.atlassian.net') as string },
  });
});

it('a site below a path keeps as much of it as the template has', () => {
  const template = 'http://127.0.0.1:4000/sites/{name}';
  expect(siteAddress('acme', template)).toEqual({ ok: true, value: 'http://127.0.0.1:4000/sites/acme' });
  expect(siteAddress('http://127.0.0.1:4000/sites/acme/browse/A-1', template)).toEqual({
    ok: true,
    value: 'http://127.0.0.1:4000/sites/acme',
  });
});

it.each([
  ['jira.acme.example', 'https://jira.acme.example'],
  ['https://acme.example:8443/jira/', 'https://acme.example:8443/jira'],
  ['https://acme.example/jira/browse/A-1', 'https://acme.example/jira'],
  ['https://acme.example/jira/secure/Dashboard.jspa', 'https://acme.example/jira'],
  ['https://acme.example/wiki/pages/viewpage.action?pageId=1', 'https://acme.example/wiki'],
  ['https://acme.example/build/start.action', 'https://acme.example/build'],
  ['https://acme.example/rest/api/2/myself', 'https://acme.example'],
  ['http://localhost:8080/jira', 'http://localhost:8080/jira'],
  ['"https:/jira/"', 'https://jira'],
  ['http:/127.0.0.1:8080/jira', 'http://127.0.0.1:8080/jira'],
  ['https://10.1.2.3:8443', 'https://10.1.2.3:8443'],
  ['https//10.1.2.3', 'https://10.1.2.3'],
  ['http://[::1]:8080/jira', 'http://[::1]:8080/jira'],
  ['https.acme.example/jira', 'https://https.acme.example/jira'],
])('%j is the instance %s', (text, url) => {
  expect(instanceAddress(text, 'https://jira.example.com')).toEqual({ ok: true, value: url });
});

it.each([
  ['http://jira.acme.example', 'not encrypted'],
  ['', 'not the address'],
  ['https://', 'not the address'],
  ['javascript://x', 'not the address'],
])('%j is no instance', (text, saying) => {
  const refused = instanceAddress(text, 'https://jira.example.com');
  expect(!refused.ok && refused.error).toMatchObject({
    code: 'invalid-input',
    hint: expect.stringContaining('https://jira.example.com') as string,
  });
  expect(!refused.ok && refused.error.message).toContain(saying);
});
