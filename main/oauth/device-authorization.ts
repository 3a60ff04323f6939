import { z } from 'zod';
import type { Answer, Fetch } from '../lib/bounded-fetch.ts';
import { cleanText } from '../lib/clean-text.ts';
import { jsonIn } from '../lib/json.ts';
import { fail, ok, type Result } from '../lib/result.ts';
import { transportFault } from '../lib/transport-fault.ts';
import { isSafeEndpoint } from '../providers/address.ts';
import type { OAuth2Settings } from '../providers/methods.ts';
import { authenticatedForm, type ClientCredentials } from './client-authentication.ts';
import { quotedError } from './error-body.ts';

export interface DeviceAuthorizationRequest {
  /** Bounded in time and size. */
  fetch: Fetch;
  providerName: string;
  settings: OAuth2Settings;
  deviceAuthorizationUrl: string;
  client: ClientCredentials;
  scopes: readonly string[];
}

export interface DeviceAuthorization {
  /** Secret. */
  deviceCode: string;
  /** For the person to enter. */
  userCode: string;
  verificationUrl: string;
  /** With the code in it; null where the provider has none. */
  completeUrl: string | null;
  expiresInSeconds: number;
  intervalSeconds: number;
}

const Seconds = z.lazy(() => z.coerce.number().positive());

const Answer = z.lazy(() =>
  z.object({
    device_code: z.string().min(1).max(10_000),
    user_code: z.string().min(1).max(200),
    verification_uri: z.string().max(2000).optional(),
    /** Google's name for it, from a draft. */
    verification_url: z.string().max(2000).optional(),
    verification_uri_complete: z.string().max(2000).nullish().catch(null),
    expires_in: Seconds.catch(900),
    interval: Seconds.catch(5),
  }),
);

const LONGEST_SECONDS = 3600;

/**
 * Asks for a code that a person enters elsewhere (RFC 8628 §3.1, §3.2). Fails with `offline`, `temporary`, `misconfigured`, or
 * `refused` for an answer that nobody could act on safely.
 */
export async function authorizeDevice(
  request: DeviceAuthorizationRequest,
): Promise<Result<DeviceAuthorization>> {
  const { fetch, providerName, settings, deviceAuthorizationUrl, client, scopes } = request;
  const form = authenticatedForm(settings, client, {
    ...(scopes.length > 0 ? { [settings.scopeParameter]: scopes.join(settings.scopeSeparator) } : {}),
    // RFC 8707 §2.
    ...(settings.resource === undefined ? {} : { resource: settings.resource }),
  });
  let response: Answer;
  let json: unknown;
  try {
    response = await fetch(deviceAuthorizationUrl, { method: 'POST', ...form });
    json = jsonIn(await response.text());
  } catch (fault) {
    const { reason } = transportFault(fault, deviceAuthorizationUrl);
    return fail('offline', `The sign-in could not begin: ${reason}.`, 'Check the network, then try again.');
  }
  const quoted = quotedError(json, [client.secret]);
  if (quoted !== null || !response.ok) {
    const { status } = response;
    const said = quoted ?? `HTTP ${status}`;
    return status >= 500 || status === 429
      ? fail(
          'temporary',
          `${providerName} cannot sign anyone in now (${said}).`,
          'Try again in a few minutes.',
        )
      : fail(
          'misconfigured',
          `${providerName} does not let this app sign in with a code (${said}).`,
          'Enable the device flow for the app at the provider, or sign in through the browser.',
        );
  }
  const parsed = Answer.safeParse(json);
  return parsed.success ? checkAnswer(parsed.data, providerName) : unusable(providerName);
}

function checkAnswer(answer: z.infer<typeof Answer>, providerName: string): Result<DeviceAuthorization> {
  const verificationUrl = answer.verification_uri ?? answer.verification_url ?? '';
  const userCode = cleanText(answer.user_code, 100);
  if (!isSafeEndpoint(verificationUrl) || userCode === '') return unusable(providerName);
  const complete = answer.verification_uri_complete ?? '';
  const sameHost = isSafeEndpoint(complete) && new URL(complete).host === new URL(verificationUrl).host;
  const expiresInSeconds = Math.min(answer.expires_in, LONGEST_SECONDS);
  return ok({
    deviceCode: answer.device_code,
    userCode,
    verificationUrl,
    completeUrl: sameHost ? complete : null,
    expiresInSeconds,
    // Never sooner than the server asks (RFC 8628 §3.5); after the code has ended, no poll makes sense.
    intervalSeconds: Math.min(Math.max(answer.interval, 1), expiresInSeconds),
  });
}

const unusable = (name: string): Result<never> =>
  fail('refused', `${name} sent a sign-in code that cannot be used.`, 'Sign in through the browser.');
