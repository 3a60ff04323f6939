/** What a start of either host may be asked for. */
export interface StartOptions {
  sandbox: boolean;
  /** Lifetime of the sandbox's access tokens, seconds; null: the default. */
  sandboxTtlSeconds: number | null;
  /** The sandbox ships no OAuth client: its person registers an app in its console first. */
  sandboxUnregistered: boolean;
  sessionOnly: boolean;
  /** Where the store's key is kept instead of in the keychain; null: as the environment or the data folder says. */
  keySource: string | null;
  /** Ends instead of running when there is neither a connection nor an OAuth client. */
  onlyIfUsed: boolean;
}

/** Digits only; null for anything else, and outside `least` to `most`. */
export const wholeNumber = (text: string, least: number, most: number): number | null => {
  const value = /^\d{1,9}$/.test(text) ? Number(text) : NaN;
  return value >= least && value <= most ? value : null;
};

/** The value of `--sandbox-ttl`; null if it is not one. */
export const sandboxTtl = (text: string): number | null => wholeNumber(text, 1, 86_400);

export const SANDBOX_TTL_USAGE = '--sandbox-ttl takes whole seconds from 1 to 86400.';

export const SANDBOX_UNREGISTERED_USAGE = '--sandbox-unregistered needs --sandbox.';
