import type { Failure } from '../../../contract/errors.ts';
import type { EnvVariable, PresetName } from '../../../contract/export.ts';
import type { Credentials } from '../../credentials/access.ts';
import type { Result } from '../../lib/result.ts';
import type { Needs } from './needs.ts';

/** What everybody may know of a preset. */
interface PresetFacts {
  readonly name: PresetName;
  /** One line for people. */
  readonly description: string;
  /** Where the tool that it is for is described. */
  readonly link: string | null;
  /** The person's file that it is from; absent: Tokentray includes it. */
  readonly file?: string;
}

/** One way in which a tool takes credentials. */
export interface Variant {
  readonly needs: Needs;
  /** What makes a connection that fits, as arguments of `tokentray connect`. */
  readonly connect?: string;
  /** Why its tool asks at addresses of its own choice, whatever it is given; absent: it does not. For the middle of a sentence. */
  readonly fixedHosts?: string;
  /** Why a proxy cannot put the credential into its requests; absent: it can. For the middle of a sentence. */
  readonly notByProxy?: string;
  /** What the connection, which meets the needs, has a value for. */
  readonly map: (credentials: Credentials) => Result<EnvVariable[]>;
}

/** The variables that one tool reads, as a mapping from a connection. */
export interface VariablesPreset extends PresetFacts {
  readonly kind: 'variables';
  /** Every name it can write. */
  readonly variables: readonly string[];
  /** The first whose needs a connection meets is used. */
  readonly variants: readonly Variant[];
}

/** A whole file of whatever kind. */
export interface TemplatePreset extends PresetFacts {
  readonly kind: 'template';
  readonly needs: Needs;
  readonly fill: (credentials: Credentials) => Result<string>;
}

/** For a tool that reads no variables: what to do instead. */
export interface AdvicePreset extends PresetFacts {
  readonly kind: 'advice';
  /** For whom the advice is. */
  readonly needs: Needs;
  readonly advise: (credentials: Credentials) => Failure;
}

export type Preset = VariablesPreset | TemplatePreset | AdvicePreset;

/** One variable, or none when there is no value. */
export const variable = (name: string, value: string | null | undefined, secret = false): EnvVariable[] =>
  value === null || value === undefined ? [] : [{ name, value, secret }];

/** The user name that a Basic credential is sent with. */
export const usernameOf = ({ connection: { sent } }: Pick<Credentials, 'connection'>): string | null =>
  sent.as === 'basic' ? sent.username : null;

/** Every name that a preset can write; none of what writes no variables. */
export const writtenBy = (preset: Preset): readonly string[] =>
  preset.kind === 'variables' ? preset.variables : [];
