import type { SignInMethod } from '../../contract/connection.ts';
import type { ProviderDefinition } from './definition.ts';

/** The settings of one method, by its name. */
export type MethodOf<M extends SignInMethod> = Extract<ProviderDefinition['methods'][number], { method: M }>;
export type OAuth2Settings = MethodOf<'oauth2'>;

export const methodOf = <M extends SignInMethod>(
  { methods }: Pick<ProviderDefinition, 'methods'>,
  method: M,
): MethodOf<M> | null =>
  (methods.find((candidate) => candidate.method === method) as MethodOf<M> | undefined) ?? null;

export const oauth2Of = (definition: Pick<ProviderDefinition, 'methods'>): OAuth2Settings | null =>
  methodOf(definition, 'oauth2');
