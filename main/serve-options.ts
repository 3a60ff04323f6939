import { parseArgs } from 'node:util';
import { fail, ok, type Result } from './lib/result.ts';

/** The options of `tokentray serve` and `npm start`. */
export interface ServeOptions {
  sandbox: boolean;
  /** Lifetime of the sandbox's access tokens, seconds. */
  sandboxTtlSeconds: number | null;
  /** 0: any free port. */
  port: number;
  /** Opens the page in the person's browser. */
  open: boolean;
  json: boolean;
  sessionOnly: boolean;
  /** Where the store's key is kept instead of in the keychain; null: as the environment or the data folder says. */
  keySource: string | null;
  /** Started by another command: prints nothing, opens nothing. */
  background: boolean;
}

const wholeNumber = (text: string, least: number, most: number): number | null => {
  const value = /^\d{1,9}$/.test(text) ? Number(text) : NaN;
  return value >= least && value <= most ? value : null;
};

/** Pure. Fails with `usage`. */
export function parseServeOptions(args: readonly string[]): Result<ServeOptions> {
  const hint = 'See: tokentray serve --help';
  let values;
  try {
    ({ values } = parseArgs({
      args: [...args],
      options: {
        sandbox: { type: 'boolean', default: false },
        'sandbox-ttl': { type: 'string' },
        port: { type: 'string' },
        open: { type: 'boolean', default: true },
        json: { type: 'boolean', default: false },
        'session-only': { type: 'boolean', default: false },
        'key-source': { type: 'string' },
        background: { type: 'boolean', default: false },
      },
      allowNegative: true,
    }));
  } catch (fault) {
    return fail('usage', fault instanceof Error ? fault.message : 'The options are not valid.', hint);
  }
  const port = values.port === undefined ? 0 : wholeNumber(values.port, 0, 65_535);
  if (port === null) return fail('usage', '--port takes a number from 0 to 65535.', hint);
  const givenTtl = values['sandbox-ttl'];
  const ttl = givenTtl === undefined ? null : wholeNumber(givenTtl, 1, 86_400);
  if (givenTtl !== undefined && ttl === null) {
    return fail('usage', '--sandbox-ttl takes whole seconds from 1 to 86400.', hint);
  }
  if (ttl !== null && !values.sandbox) return fail('usage', '--sandbox-ttl needs --sandbox.', hint);
  return ok({
    sandbox: values.sandbox,
    sandboxTtlSeconds: ttl,
    port,
    open: values.open && !values.background,
    json: values.json,
    sessionOnly: values['session-only'],
    keySource: values['key-source'] ?? null,
    background: values.background,
  });
}
