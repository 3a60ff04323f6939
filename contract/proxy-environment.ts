/** What a run's program has to be told so that it uses the run's proxy and trusts it. */
export interface ProxyPlace {
  /** On 127.0.0.1. */
  readonly port: number;
  /** Secret. */
  readonly key: string;
  /** PEM file with the system's authorities and ours. */
  readonly bundle: string;
  /** The same as a Java key store; null: there is none. */
  readonly trustStore: string | null;
}

export interface Variable {
  readonly name: string;
  readonly value: string;
  readonly secret: boolean;
}

const LOCAL = 'localhost,127.0.0.1,::1';

/** Programs read either case, and curl `http_proxy` in lower case alone. */
const bothCases = (name: string): string[] => [name, name.toLowerCase()];

/**
 * The variables that lead the programs of a run through its proxy, by what each kind of program reads. Local addresses are
 * left out, because most of them would be asked for through a proxy too. Pure.
 */
export function proxyVariables({ port, key, bundle, trustStore }: ProxyPlace): Variable[] {
  const proxy = `http://run:${key}@127.0.0.1:${port}`;
  const plain = (name: string, value: string): Variable => ({ name, value, secret: false });
  return [
    ...['HTTPS_PROXY', 'HTTP_PROXY', 'ALL_PROXY']
      .flatMap(bothCases)
      .map((name) => ({ name, value: proxy, secret: true })),
    ...bothCases('NO_PROXY').map((name) => plain(name, LOCAL)),
    // Node: adds to its own authorities, unlike all others, which read this file alone.
    plain('NODE_EXTRA_CA_CERTS', bundle),
    plain('NODE_USE_ENV_PROXY', '1'),
    // OpenSSL and Go (Linux), httpx, urllib, aiohttp.
    plain('SSL_CERT_FILE', bundle),
    plain('REQUESTS_CA_BUNDLE', bundle),
    plain('CURL_CA_BUNDLE', bundle),
    plain('GIT_SSL_CAINFO', bundle),
    // Without it, git sends no password before a 407, and some of its builds not even then.
    plain('GIT_HTTP_PROXY_AUTHMETHOD', 'basic'),
    plain('DENO_CERT', bundle),
    plain('CARGO_HTTP_CAINFO', bundle),
    plain('AWS_CA_BUNDLE', bundle),
    plain('PIP_CERT', bundle),
    // Java sends no password to a proxy; the run is then known by its port and by whose process it is.
    plain('JAVA_TOOL_OPTIONS', javaOptions(port, trustStore)),
  ];
}

function javaOptions(port: number, trustStore: string | null): string {
  const options = [
    '-Dhttps.proxyHost=127.0.0.1',
    `-Dhttps.proxyPort=${port}`,
    '-Dhttp.proxyHost=127.0.0.1',
    `-Dhttp.proxyPort=${port}`,
    '-Dhttp.nonProxyHosts=localhost|127.*|[::1]',
  ];
  // The variable is split at spaces; quotes keep them.
  if (trustStore !== null)
    options.push(`-Djavax.net.ssl.trustStore=${quoted(trustStore)}`, '-Djavax.net.ssl.trustStoreType=JKS');
  return options.join(' ');
}

const quoted = (file: string): string => (/\s/.test(file) ? `"${file}"` : file);

/** What a program must not inherit: it would lead around the proxy, or make the program trust others than it says. */
export const NOT_INHERITED_BY_PROXY: readonly string[] = [
  'FTP_PROXY',
  'ftp_proxy',
  'GIT_PROXY_SSL_CAINFO',
  'GIT_SSL_CAPATH',
  'GIT_SSL_NO_VERIFY',
  'JDK_JAVA_OPTIONS',
  'NODE_TLS_REJECT_UNAUTHORIZED',
  'NPM_CONFIG_CAFILE',
  'NPM_CONFIG_HTTPS_PROXY',
  'NPM_CONFIG_NOPROXY',
  'NPM_CONFIG_PROXY',
  'PIP_PROXY',
  'PYTHONHTTPSVERIFY',
  'SSL_CERT_DIR',
  'npm_config_cafile',
  'npm_config_https_proxy',
  'npm_config_noproxy',
  'npm_config_proxy',
];

/** Where the app takes its own key from: no business of a program that is kept from credentials. */
export const NOT_INHERITED_BY_RUNS: readonly string[] = ['TOKENTRAY_KEY_SOURCE'];

interface Note {
  readonly programs: RegExp;
  readonly platforms: RegExp;
  readonly words: string;
}

const ANYWHERE = /./;
const NO_VARIABLE = /^(darwin|win32)$/;

/** What cannot be fed by variables, by program and platform. */
const NOTES: readonly Note[] = [
  {
    programs: /^(go|gh|glab|acli|jira|terraform|kubectl|hugo)$/,
    platforms: NO_VARIABLE,
    words: 'Programs written in Go take certificates from the system alone here',
  },
  {
    programs: /^(mcp-atlassian|uvx?|pipx)$/,
    platforms: NO_VARIABLE,
    words:
      'Python programs that use truststore, such as mcp-atlassian, take certificates from the system alone here',
  },
  {
    programs: /^(cargo|rustc|rustup|uvx?|codex)$/,
    platforms: NO_VARIABLE,
    words: 'Most programs written in Rust take certificates from the system alone here',
  },
  {
    programs: /^(dotnet|pwsh|powershell)$/,
    platforms: NO_VARIABLE,
    words: '.NET takes certificates from the system alone here',
  },
  {
    programs: /^(java|javac|mvn|mvnw|gradle|gradlew|kotlin|scala|sbt)$/,
    platforms: ANYWHERE,
    words: 'Java prints a line about JAVA_TOOL_OPTIONS to standard error',
  },
  {
    programs: /^(node|npm|npx|pnpm|yarn|tsx)$/,
    platforms: ANYWHERE,
    words: 'Node before 22.21 and 24.5 uses no proxy, and so does a program that brings its own agent',
  },
];

/** What a person should know about running `program` behind the proxy. Empty for most. Pure. */
export function proxyNotes(program: string, platform: string): string[] {
  const name = (program.split(/[/\\]/).pop() ?? '').replace(/\.(exe|cmd|bat|sh)$/i, '').toLowerCase();
  return NOTES.filter(({ programs, platforms }) => programs.test(name) && platforms.test(platform)).map(
    ({ words, platforms }) =>
      platforms === NO_VARIABLE ? `${words}, so they may not trust this proxy: use --gateway.` : `${words}.`,
  );
}
