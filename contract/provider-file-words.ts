import type { ProviderFileView } from './provider.ts';

const ENTERED: Readonly<Record<string, string>> = {
  '{instance}': 'the address that you enter',
  '{site}': 'your site',
};

/** Where a provider file sends credentials, in words. */
export const hostWords = ({ talksTo }: Pick<ProviderFileView, 'talksTo'>): string[] =>
  talksTo.map((origin) => ENTERED[origin] ?? origin);

/** Which OAuth client comes with it. */
export const clientWords = ({ client }: Pick<ProviderFileView, 'client'>): string =>
  client === null
    ? 'none'
    : `comes with “${client.name}”, ${client.hasSecret ? 'with a secret' : 'without a secret'}`;

/**
 * What a provider file sets for the network. Each of these decides who can read what is sent, so it is shown before the
 * file is taken. A file that turns certificate checks off is refused.
 */
export function fileNetworkWords({ network }: Pick<ProviderFileView, 'network'>): string[] {
  if (network === null) return [];
  const { proxy, caFile, clientCertificate } = network;
  return [
    ...(proxy === undefined ? [] : [proxyWords(proxy)]),
    ...(caFile === undefined ? [] : [`also trusts certificates signed by ${caFile}`]),
    ...(clientCertificate === undefined ? [] : [`shows the client certificate ${clientCertificate.file}`]),
  ];
}

function proxyWords(proxy: NonNullable<NonNullable<ProviderFileView['network']>['proxy']>): string {
  switch (proxy.from) {
    case 'automatic':
      return 'proxy of the environment, else of the system';
    case 'environment':
      return 'proxy of the environment';
    case 'system':
      return 'proxy of the system';
    case 'none':
      return 'no proxy';
    case 'pac':
      return `proxy by the script ${proxy.location}`;
    case 'manual':
      return `through the proxy ${proxy.url}`;
  }
}
