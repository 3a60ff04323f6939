import type { Account, Site } from '../../contract/connection.ts';
import type { SignInId } from '../../contract/ids.ts';
import type { SignInStage, SignInView } from '../../contract/sign-in.ts';
import { isoTime } from '../lib/clock.ts';
import type { Disposable } from '../lib/disposable.ts';
import type { ProviderDefinition } from '../providers/definition.ts';
import type { OAuthClientRecord, TokenSet } from '../store/records.ts';
import type { ExpectedCallback } from './callback-request.ts';
import type { SignInRequest } from './ports.ts';

/** One sign-in in progress, with its private state. */
export interface Flow {
  readonly id: SignInId;
  readonly request: SignInRequest;
  readonly definition: ProviderDefinition;
  readonly client: OAuthClientRecord;
  readonly scopes: string[];
  readonly state: string;
  readonly codeVerifier: string;
  /** Epoch ms. */
  readonly startedAt: number;
  /** Epoch ms until which a callback counts. */
  readonly deadline: number;
  /** Cancels the requests in progress. */
  readonly abort: AbortController;
  stage: SignInStage;
  /** The result of the exchange; removed once the sign-in has ended. */
  received: { tokens: TokenSet; account: Account; sites: Site[] } | null;
  accountAccepted: boolean;
  chosenSite: Site | null;
  /** Being stored: too late to cancel. */
  saving: boolean;
  /** The time limit of this stage. */
  limit: Disposable | null;
  listener: Disposable | null;
}

export const hasEnded = ({ stage }: Flow): boolean => stage.stage === 'done' || stage.stage === 'failed';

export const viewOf = ({ id, definition, request, startedAt, stage }: Flow): SignInView => ({
  id,
  provider: definition.id,
  providerName: definition.name,
  reconnects: request.reconnects?.id ?? null,
  startedAt: isoTime(startedAt),
  stage,
});

export const expectedCallback = ({
  id,
  client,
  definition,
  state,
  stage,
}: Flow): ExpectedCallback<SignInId> => ({
  id,
  redirectUri: client.redirectUri,
  state,
  issuer: definition.oauth2.issuer,
  answered: stage.stage !== 'waiting',
});
