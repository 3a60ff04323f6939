import { pause } from '../lib/pause.ts';
import { ok, type Result } from '../lib/result.ts';
import {
  exchangeCode,
  lossOf,
  tokenFailure,
  type ExchangeRequest,
  type FailedClient,
} from '../oauth/exchange.ts';
import type { ProviderDefinition } from '../providers/definition.ts';
import type { TokenSet } from '../store/records.ts';
import type { Conversation } from './method.ts';

export interface ExchangedTokens {
  tokens: TokenSet;
  /** Not checked. */
  idToken: string | null;
}

export interface PatientExchange extends Omit<ExchangeRequest, 'fetch'> {
  definition: ProviderDefinition;
  client: ExchangeRequest['client'] & FailedClient;
}

/** The code lives for minutes, and the consent behind it cannot be repeated so cheaply. */
export const EXCHANGE_LIMIT_MS = 2 * 60_000;
const DELAY_MS = 5000;

/** Tried again while the network or the provider fails: the consent stays good as long as the code lives. */
export async function exchangePatiently(
  conversation: Conversation,
  request: PatientExchange,
): Promise<Result<ExchangedTokens>> {
  const { clock, definition, settings, client } = request;
  const end = clock.monotonicMs() + EXCHANGE_LIMIT_MS;
  let loss: string | null = null;
  for (;;) {
    const answer = await exchangeCode({ ...request, fetch: conversation.fetch });
    if (answer.kind === 'tokens') return ok({ tokens: answer.tokens, idToken: answer.idToken ?? null });
    const failed = tokenFailure(answer, definition, settings, client, loss);
    const passing = !failed.ok && (failed.error.code === 'offline' || failed.error.code === 'temporary');
    const delayMs = Math.max(DELAY_MS, answer.retryAfterMs ?? 0);
    if (!passing || conversation.signal.aborted || clock.monotonicMs() + delayMs > end) return failed;
    loss ??= lossOf(answer);
    conversation.show({ stage: 'exchanging', notice: `${failed.error.message} Trying again.` });
    await pause(clock, delayMs, conversation.signal);
    // oxlint-disable-next-line typescript/no-unnecessary-condition -- it may have ended while that was awaited
    if (conversation.signal.aborted) return failed;
  }
}
