import { parseArgs } from 'node:util';
import { fail, ok, type Result } from '../lib/result.ts';
import {
  SANDBOX_TTL_USAGE,
  SANDBOX_UNREGISTERED_USAGE,
  sandboxTtl,
  wholeNumber,
  type StartOptions,
} from './options.ts';

/** The options of `tokentray serve` and `npm start`. */
export interface ServeOptions extends StartOptions {
  /** 0: any free port. */
  port: number;
  /** Opens the page in the person's browser. */
  open: boolean;
  json: boolean;
  /** Started by another command: prints nothing, opens nothing. */
  background: boolean;
}

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
        'sandbox-unregistered': { type: 'boolean', default: false },
        port: { type: 'string' },
        open: { type: 'boolean', default: true },
        json: { type: 'boolean', default: false },
        'session-only': { type: 'boolean', default: false },
        'key-source': { type: 'string' },
        background: { type: 'boolean', default: false },
        'only-if-used': { type: 'boolean', default: false },
      },
      allowNegative: true,
    }));
  } catch (fault) {
    return fail('usage', fault instanceof Error ? fault.message : 'The options are not valid.', hint);
  }
  const port = values.port === undefined ? 0 : wholeNumber(values.port, 0, 65_535);
  if (port === null) return fail('usage', '--port takes a number from 0 to 65535.', hint);
  const givenTtl = values['sandbox-ttl'];
  const ttl = givenTtl === undefined ? null : sandboxTtl(givenTtl);
  if (givenTtl !== undefined && ttl === null) {
    return fail('usage', SANDBOX_TTL_USAGE, hint);
  }
  if (ttl !== null && !values.sandbox) return fail('usage', '--sandbox-ttl needs --sandbox.', hint);
  if (values['sandbox-unregistered'] && !values.sandbox)
    return fail('usage', SANDBOX_UNREGISTERED_USAGE, hint);
  return ok({
    sandbox: values.sandbox,
    sandboxTtlSeconds: ttl,
    sandboxUnregistered: values['sandbox-unregistered'],
    port,
    open: values.open && !values.background,
    json: values.json,
    sessionOnly: values['session-only'],
    keySource: values['key-source'] ?? null,
    background: values.background,
    onlyIfUsed: values['only-if-used'],
  });
}
