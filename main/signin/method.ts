import type { OAuthGrant, SignInMethod } from '../../contract/connection.ts';
import type { Failure } from '../../contract/errors.ts';
import type { OAuthClientId, SignInId } from '../../contract/ids.ts';
import type { SignInStage } from '../../contract/sign-in.ts';
import type { Fetch } from '../lib/bounded-fetch.ts';
import type { Disposable } from '../lib/disposable.ts';
import type { Result } from '../lib/result.ts';
import type { ProviderDefinition } from '../providers/definition.ts';
import type { Obtained, SignInRequest } from './ports.ts';

/** One sign-in as its method sees it. Nothing has an effect after it has ended. */
export interface Conversation {
  readonly id: SignInId;
  readonly request: SignInRequest;
  /** With the addresses of the instance that was asked for. */
  readonly definition: ProviderDefinition;
  /** By the network settings of the provider, or of the connection that is kept; aborted when the sign-in ends. */
  readonly fetch: Fetch;
  /** Aborts when the sign-in ends. */
  readonly signal: AbortSignal;
  readonly stage: SignInStage;
  /** Resolves when it is at another stage than this one, or after so long, ms. */
  left(stage: SignInStage['stage'], timeoutMs: number): Promise<void>;
  /** A limit replaces the one before; without one, that one stays. */
  show(stage: SignInStage, limitMs?: number): void;
  /** Runs work that ends the sign-in should it throw. */
  work(task: () => Promise<void>): Promise<void>;
  /** Hands over what was obtained; the questions that are left, and saving, are the registry's. */
  finish(obtained: Obtained): Promise<void>;
  fail(error: Failure): void;
  /** Ends it when its time is over: a timer fires late after the machine slept. */
  expire(): void;
}

/** A sign-in that was prepared: everything is checked, nothing has begun. */
export interface Attempt extends Disposable {
  readonly stage: SignInStage;
  /** How long its person has for it, ms. */
  readonly limitMs: number;
  /** With which OAuth client it signs in, and what it asks for; absent where there is none. */
  readonly asks?: { readonly client: OAuthClientId; readonly scopes: readonly string[] };
  /** Called once, when the sign-in is registered. */
  begin?(conversation: Conversation): Promise<void>;
  /** Values for `enter-secret`. Fails when they cannot be used; the stage then stays. */
  answer?(conversation: Conversation, values: Readonly<Record<string, string>>): Promise<Result<void>>;
  /** A callback address that the person pasted. */
  complete?(conversation: Conversation, callbackUrl: string): Promise<Result<void>>;
}

/** One way to sign in: one file in `methods/`, one line in `methods/all.ts`. */
export interface Method {
  readonly methods: readonly SignInMethod[];
  /** Of `oauth2`; null for every other method. */
  readonly grant: OAuthGrant | null;
  prepare(request: SignInRequest, definition: ProviderDefinition, id: SignInId): Promise<Result<Attempt>>;
  dispose?(): void | Promise<void>;
}
