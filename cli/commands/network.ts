import type { NetworkChange, ProxyChoice } from '../../contract/network.ts';
import { defineCommand } from '../command.ts';
import { done, failed, type Outcome } from '../outcome.ts';
import { givenPath } from '../paths.ts';
import { showNetwork } from '../present/network.ts';
import type { Runtime } from '../runtime.ts';

const WORDS = ['automatic', 'environment', 'system', 'none'] as const;

export const command = defineCommand(
  {
    name: 'network',
    summary: 'Shows or changes the way to servers: proxy, certificates',
    details:
      'Without --connection, for all connections that have no settings of their own. Prompts for passwords, or reads them from standard input, one a line: first the proxy’s, then the key’s. This machine is never reached through a proxy.',
    positionals: [],
    options: {
      connection: {
        type: 'text',
        value: 'NAME',
        description: 'Only for this connection',
        completes: 'connections',
      },
      proxy: {
        type: 'text',
        value: 'URL',
        description:
          'http://, https:// or socks5://[USER@]HOST:PORT; or automatic, environment, system, none',
      },
      bypass: {
        type: 'text',
        value: 'LIST',
        description: 'With --proxy URL: hosts to reach directly, as in NO_PROXY',
      },
      pac: {
        type: 'text',
        value: 'URL|FILE',
        description: 'A proxy configuration script (PAC)',
        completes: 'files',
      },
      ca: {
        type: 'text',
        value: 'FILE',
        description: 'Also trust this certificate authority (PEM)',
        completes: 'files',
      },
      cert: {
        type: 'text',
        value: 'FILE',
        description: 'Client certificate (PEM, or PKCS#12 with its key)',
        completes: 'files',
      },
      key: { type: 'text', value: 'FILE', description: 'Key of the client certificate', completes: 'files' },
      'no-verify': {
        type: 'flag',
        description: 'With --connection: do not check certificates. Anyone on the way could read the token',
      },
      verify: { type: 'flag', description: 'Check certificates again' },
      reset: { type: 'flag', description: 'Remove all settings first' },
    },
    examples: [
      'tokentray network',
      'tokentray network --proxy http://ana@proxy.example.com:8080',
      'tokentray network --ca ~/company-ca.pem',
      'tokentray network --connection acme --cert me.pem --key me.key',
    ],
  },
  async (runtime, { options }) => {
    const change = await readChange(runtime, options);
    if (!change.ok) return change;
    const { connection } = options;
    const answer =
      Object.keys(change.value).length === 0
        ? await runtime.app.call('network.get', { connection })
        : await runtime.app.call('network.set', { connection, change: change.value });
    if (!answer.ok) return answer;
    if (runtime.json) runtime.document(answer.value);
    else showNetwork(runtime, answer.value);
    return done(0);
  },
);

interface Given {
  connection?: string;
  proxy?: string;
  bypass?: string;
  pac?: string;
  ca?: string;
  cert?: string;
  key?: string;
  'no-verify'?: boolean;
  verify?: boolean;
  reset?: boolean;
}

const RESET: NetworkChange = {
  proxy: null,
  caFile: null,
  clientCertificate: null,
  verify: true,
  proxyPassword: null,
  keyPassphrase: null,
};

async function readChange(runtime: Runtime, given: Given): Promise<Outcome<NetworkChange>> {
  const { context } = runtime;
  const contradiction = contradictionOf(given);
  if (contradiction !== null) return contradiction;
  const change: NetworkChange = given.reset ? { ...RESET } : {};
  if (given.verify) change.verify = true;
  if (given['no-verify']) change.verify = false;

  const proxy = proxyChoice(context, given);
  if (!proxy.ok) return proxy;
  if (proxy.value !== null) {
    change.proxy = proxy.value;
    if (proxy.value.from === 'manual' && new URL(proxy.value.url).username !== '') {
      const password = await readSecret(runtime, 'Password of the proxy');
      if (!password.ok) return password;
      change.proxyPassword = password.value;
    }
  }
  if (given.ca !== undefined) {
    const file = givenPath(context, given.ca);
    if (!file.ok) return file;
    change.caFile = file.value;
  }
  if (given.cert !== undefined) {
    const file = givenPath(context, given.cert);
    if (!file.ok) return file;
    const keyFile = given.key === undefined ? null : givenPath(context, given.key);
    if (keyFile?.ok === false) return keyFile;
    change.clientCertificate = { file: file.value, ...(keyFile !== null && { keyFile: keyFile.value }) };
    const content = context.readText(keyFile?.value ?? file.value);
    // Anything but PEM is PKCS#12, which has a password.
    if (content !== null && (!content.includes('-----BEGIN ') || content.includes('ENCRYPTED'))) {
      const passphrase = await readSecret(runtime, 'Passphrase of the key');
      if (!passphrase.ok) return passphrase;
      change.keyPassphrase = passphrase.value;
    }
  }
  return done(change);
}

function contradictionOf(given: Given): Outcome<never> | null {
  if (given.key !== undefined && given.cert === undefined)
    return failed('usage', '--key needs --cert.', 'Add the certificate that the key belongs to: --cert FILE');
  if (given.proxy !== undefined && given.pac !== undefined)
    return failed('usage', '--proxy and --pac exclude each other.', 'Use one of them.');
  if (given.verify && given['no-verify'])
    return failed('usage', '--verify and --no-verify exclude each other.', 'Use one of them.');
  if (given.bypass !== undefined && given.proxy === undefined)
    return failed('usage', '--bypass needs --proxy URL.', 'Add the proxy that it is about.');
  if (given['no-verify'] && given.connection === undefined)
    return failed(
      'usage',
      'Certificates can be left unchecked for one connection only, not for all.',
      'Name it: --connection NAME. Better: trust your company’s certificate authority with --ca FILE',
    );
  return null;
}

function proxyChoice(
  context: Parameters<typeof givenPath>[0],
  { proxy, pac, bypass }: Given,
): Outcome<ProxyChoice | null> {
  if (pac !== undefined) {
    if (/^https?:\/\//i.test(pac)) return done({ from: 'pac', location: pac });
    const file = givenPath(context, pac);
    return file.ok ? done({ from: 'pac', location: file.value }) : file;
  }
  if (proxy === undefined) return done(null);
  const word = WORDS.find((known) => known === proxy.toLowerCase());
  if (word !== undefined) {
    return bypass === undefined
      ? done({ from: word })
      : failed('usage', '--bypass needs --proxy URL.', 'Add the proxy that it is about.');
  }
  const url = /^[a-z0-9]+:\/\//i.test(proxy) ? proxy : `http://${proxy}`;
  if (!URL.canParse(url))
    return failed('usage', 'The proxy’s address is not valid.', 'Write it as http://HOST:PORT.');
  if (new URL(url).password !== '') {
    return failed(
      'usage',
      'A password on a command line can be read by every program on this machine.',
      'Leave the password out: Tokentray prompts for it, or reads it from standard input. Consider the one you typed leaked.',
    );
  }
  const list = bypass?.split(/[\s,;]+/).filter((entry) => entry !== '');
  return done({ from: 'manual', url, ...(list && list.length > 0 && { bypass: list }) });
}

/** Hidden at a terminal, otherwise the next line of standard input. */
async function readSecret({ context, interactive, err }: Runtime, what: string): Promise<Outcome<string>> {
  const { stdin, stderr } = context;
  if (!interactive && stdin.isTTY)
    return failed('usage', `The ${what.toLowerCase()} is missing.`, 'Pipe it to standard input.');
  // Turn echo off before the prompt appears: someone may already be typing.
  const reading = interactive ? stdin.readHidden() : stdin.readLine();
  if (interactive) stderr.write(`${err.bold(`${what} (not shown):`)} `);
  const secret = (await reading)?.replace(/\r$/, '') ?? '';
  return secret === ''
    ? failed('usage', `The ${what.toLowerCase()} is missing.`, 'Enter it, or pipe it to standard input.')
    : done(secret);
}
