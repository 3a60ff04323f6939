import type { NetworkChange, NetworkSettings, NetworkView, ProxyChoice } from '../../contract/network.ts';

/** The choices of the form; `inherit` is what the defaults or the provider say. */
export type ProxyKind = ProxyChoice['from'] | 'inherit';

export const PROXY_WORDS: Readonly<Record<ProxyKind, string>> = {
  inherit: 'Same as the defaults',
  automatic: 'Automatic: environment, then system',
  environment: 'Environment variables',
  system: 'System settings',
  none: 'No proxy',
  pac: 'Configuration script (PAC)',
  manual: 'This proxy',
};

/** What a person typed; empty fields are not set. */
export interface NetworkFields {
  kind: ProxyKind;
  proxyUrl: string;
  proxyPassword: string;
  bypass: string;
  pac: string;
  caFile: string;
  certFile: string;
  keyFile: string;
  keyPassphrase: string;
  unverified: boolean;
}

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

/** What differs from `view`: a secret is sent only when one was typed. Pure. */
export function networkChange(view: NetworkView, fields: NetworkFields): NetworkChange {
  const { settings } = view;
  const proxy = proxyOf(fields);
  const certificate =
    fields.certFile === ''
      ? undefined
      : { file: fields.certFile, ...(fields.keyFile !== '' && { keyFile: fields.keyFile }) };
  const caFile = fields.caFile === '' ? undefined : fields.caFile;
  return {
    ...(!same(proxy, settings.proxy) && { proxy: proxy ?? null }),
    ...(caFile !== settings.caFile && { caFile: caFile ?? null }),
    ...(!same(certificate, settings.clientCertificate) && { clientCertificate: certificate ?? null }),
    ...(fields.unverified !== (settings.verify === false) && { verify: !fields.unverified }),
    ...(fields.proxyPassword !== '' && { proxyPassword: fields.proxyPassword }),
    ...(fields.keyPassphrase !== '' && { keyPassphrase: fields.keyPassphrase }),
  };
}

function proxyOf({ kind, proxyUrl, bypass, pac }: NetworkFields): NetworkSettings['proxy'] {
  switch (kind) {
    case 'inherit':
      return undefined;
    case 'pac':
      return { from: 'pac', location: pac };
    case 'manual': {
      const list = bypass.split(/[\s,;]+/).filter((entry) => entry !== '');
      const url = /^[a-z0-9]+:\/\//i.test(proxyUrl) ? proxyUrl : `http://${proxyUrl}`;
      return { from: 'manual', url, ...(list.length > 0 && { bypass: list }) };
    }
    case 'automatic':
    case 'environment':
    case 'system':
    case 'none':
      return { from: kind };
  }
}

/** The choice that the form shows at first. The defaults are automatic until something else is set. */
export const proxyKind = ({ settings, connection }: NetworkView): ProxyKind =>
  settings.proxy?.from ?? (connection === null ? 'automatic' : 'inherit');
