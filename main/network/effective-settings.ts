import type { NetworkSettings } from '../../contract/network.ts';

/** Settings of one place; `scope` names whose, and with it whose secrets. */
export interface Layer {
  scope: string;
  settings: NetworkSettings;
}

/** What requests use. `proxyScope` and `certificateScope`: whose password and passphrase belong to it; null: nobody's. */
export interface EffectiveSettings {
  settings: NetworkSettings;
  proxyScope: string | null;
  certificateScope: string | null;
}

/**
 * The first layer that has a field wins. `verify` counts only in the first one, a connection's own: no file and no
 * default can turn the check of certificates off. Pure.
 */
export function effectiveSettings(own: Layer | null, others: readonly Layer[]): EffectiveSettings {
  const layers = own === null ? others : [own, ...others];
  const first = (key: keyof NetworkSettings): Layer | undefined =>
    layers.find(({ settings }) => settings[key] !== undefined);
  const proxy = first('proxy');
  const certificate = first('clientCertificate');
  const caFile = first('caFile')?.settings.caFile;
  return {
    settings: {
      ...(proxy?.settings.proxy !== undefined && { proxy: proxy.settings.proxy }),
      ...(caFile !== undefined && { caFile }),
      ...(certificate?.settings.clientCertificate !== undefined && {
        clientCertificate: certificate.settings.clientCertificate,
      }),
      ...(own?.settings.verify === false && { verify: false as const }),
    },
    proxyScope: proxy?.scope ?? null,
    certificateScope: certificate?.scope ?? null,
  };
}
