import type { Site } from '../../contract/connection.ts';
import type { SignInId } from '../../contract/ids.ts';
import type { SignInStage, SignInView } from '../../contract/sign-in.ts';
import { isoTime } from '../lib/clock.ts';
import type { Disposable } from '../lib/disposable.ts';
import type { ProviderDefinition } from '../providers/definition.ts';
import type { Attempt } from './method.ts';
import type { Obtained, SignInRequest } from './ports.ts';

/** One sign-in in progress, as the registry keeps it. */
export interface Flow {
  readonly id: SignInId;
  readonly request: SignInRequest;
  readonly definition: ProviderDefinition;
  readonly attempt: Attempt;
  /** Epoch ms. */
  readonly startedAt: number;
  /** Epoch ms until which its person can continue. */
  deadline: number;
  /** Cancels the requests in progress. */
  readonly abort: AbortController;
  stage: SignInStage;
  /** What the method obtained; removed once the sign-in has ended. */
  received: Obtained | null;
  accountAccepted: boolean;
  chosenSite: Site | null;
  /** Being stored: too late to cancel. */
  saving: boolean;
  /** The time limit of this stage. */
  limit: Disposable | null;
}

export const hasEnded = ({ stage }: Flow): boolean => stage.stage === 'done' || stage.stage === 'failed';

export const viewOf = ({ id, definition, request, attempt, startedAt, stage }: Flow): SignInView => ({
  id,
  provider: definition.id,
  providerName: definition.name,
  reconnects: request.reconnects?.id ?? null,
  client: attempt.asks?.client ?? null,
  scopes: attempt.asks ? [...attempt.asks.scopes] : null,
  startedAt: isoTime(startedAt),
  stage,
});
