import { expect, it } from 'vitest';
import { childEnvironment } from '../../contract/child-environment.ts';

it.each([
  ['a preload', { NODE_OPTIONS: '--require ./nope.js' }, {}],
  ['a debugger', { NODE_OPTIONS: '--inspect=0', NODE_INSPECT_RESUME_ON_START: '1' }, {}],
  ['an editor’s debugger', { NODE_OPTIONS: '--require "/a b/boot.js"', VSCODE_INSPECTOR_OPTIONS: '{}' }, {}],
  ['Electron as Node', { ELECTRON_RUN_AS_NODE: '1', HOME: '/home/ana' }, { HOME: '/home/ana' }],
  ['what prints headers, and so tokens', { NODE_DEBUG: 'http', NODE_DEBUG_NATIVE: 'tls' }, {}],
  ['any case, as on Windows', { Node_Options: '--inspect', electron_run_as_node: '1' }, {}],
  ['nothing in it', { NODE_OPTIONS: '' }, {}],
])('removes %s', (_, env, expected) => {
  expect(childEnvironment(env)).toEqual(expected);
});

it('keeps how the network is reached', () => {
  const network = {
    NODE_EXTRA_CA_CERTS: '/etc/acme.pem',
    NODE_USE_ENV_PROXY: '1',
    NODE_USE_SYSTEM_CA: '1',
    HTTPS_PROXY: 'http://proxy.acme.example:8080',
    no_proxy: 'localhost',
  };
  expect(childEnvironment(network)).toEqual(network);
  expect(
    childEnvironment({
      NODE_OPTIONS: '--inspect --use-system-ca  --dns-result-order=ipv4first --tls-keylog=k',
    }),
  ).toEqual({ NODE_OPTIONS: '--use-system-ca --dns-result-order=ipv4first' });
});

it('leaves the given environment alone', () => {
  const env = Object.freeze({ NODE_OPTIONS: '--inspect' });
  childEnvironment(env);
  expect(env).toEqual({ NODE_OPTIONS: '--inspect' });
});
