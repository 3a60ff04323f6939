import { RedirectUri } from '../providers/address.ts';

/** An OAuth client as somebody would have registered it in the developer console. */
export interface AppRegistration {
  name: string;
  clientId: string;
  clientSecret: string;
  /** Matched exactly; `loopback` takes any address on this machine, so that tests can use free ports. */
  redirectUris: readonly string[] | 'loopback';
}

/** The app that the sandbox's provider definition ships. Its secret opens nothing but the sandbox. */
export const SANDBOX_APP: AppRegistration = {
  name: 'Tokentray',
  clientId: 'tokentray-sandbox-app',
  clientSecret: 'tokentray-sandbox-secret-that-opens-nothing-else',
  redirectUris: 'loopback',
};

export const allowsRedirectUri = ({ redirectUris }: AppRegistration, uri: string): boolean =>
  redirectUris === 'loopback' ? RedirectUri.safeParse(uri).success : redirectUris.includes(uri);
