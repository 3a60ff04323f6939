import { expect, it } from 'vitest';
import { NOT_INHERITED_BY_PROXY, proxyNotes, proxyVariables } from '../../contract/proxy-environment.ts';

const given = (trustStore: string | null = '/h/ca.jks') =>
  proxyVariables({ port: 4321, key: 'ttk_k', bundle: '/h/ca.pem', trustStore });

it('leads programs of every kind through the proxy, and makes them trust it', () => {
  const values = Object.fromEntries(given().map(({ name, value }) => [name, value]));
  for (const name of ['HTTPS_PROXY', 'https_proxy', 'HTTP_PROXY', 'http_proxy', 'ALL_PROXY', 'all_proxy'])
    expect(values[name]).toBe('http://run:ttk_k@127.0.0.1:4321');
  for (const name of ['NO_PROXY', 'no_proxy']) expect(values[name]).toBe('localhost,127.0.0.1,::1');
  for (const name of [
    'NODE_EXTRA_CA_CERTS',
    'SSL_CERT_FILE',
    'REQUESTS_CA_BUNDLE',
    'CURL_CA_BUNDLE',
    'GIT_SSL_CAINFO',
    'DENO_CERT',
  ])
    expect(values[name]).toBe('/h/ca.pem');
  expect(values['NODE_USE_ENV_PROXY']).toBe('1');
  expect(values['GIT_HTTP_PROXY_AUTHMETHOD']).toBe('basic');
  expect(values['JAVA_TOOL_OPTIONS']).toBe(
    '-Dhttps.proxyHost=127.0.0.1 -Dhttps.proxyPort=4321 -Dhttp.proxyHost=127.0.0.1 -Dhttp.proxyPort=4321 ' +
      '-Dhttp.nonProxyHosts=localhost|127.*|[::1] -Djavax.net.ssl.trustStore=/h/ca.jks -Djavax.net.ssl.trustStoreType=JKS',
  );
});

it('marks whatever has the key as secret, and sets nothing that it removes', () => {
  for (const { name, value, secret } of given()) {
    expect([name, secret]).toEqual([name, value.includes('ttk_')]);
    expect(NOT_INHERITED_BY_PROXY).not.toContain(name);
  }
});

it('keeps the words of a path with spaces together for Java', () => {
  const java = given('/My Files/ca.jks').find(({ name }) => name === 'JAVA_TOOL_OPTIONS');
  expect(java?.value).toContain('-Djavax.net.ssl.trustStore="/My Files/ca.jks" ');
});

it.each([
  ['curl', 'darwin', null],
  ['/usr/local/bin/gh', 'darwin', 'use --gateway'],
  ['C:\\tools\\gh.exe', 'win32', 'use --gateway'],
  ['gh', 'linux', null],
  ['uvx', 'win32', 'truststore'],
  ['mvn', 'linux', 'JAVA_TOOL_OPTIONS'],
  ['node', 'linux', '22.21'],
])('says of %s on %s: %s', (program, platform, word) => {
  const notes = proxyNotes(program, platform).join(' ');
  if (word === null) expect(notes).toBe('');
  else expect(notes).toContain(word);
});
