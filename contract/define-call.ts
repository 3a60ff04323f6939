import { z } from 'zod';
import type { Caller } from './vocabulary.ts';

export interface CallDefinition<I extends z.ZodType, O extends z.ZodType> {
  readonly summary: string;
  readonly callers: readonly Caller[];
  readonly input: I;
  readonly output: O;
}

/** A schema, or a function that creates it on first use: creating all of them would take 5 % of the core's start-up time. */
type Lazy<S extends z.ZodType> = S | (() => S);

/** A call of the core: what it does in a few words, who may make it, its input and its output. */
export const define = <I extends z.ZodType, O extends z.ZodType>(
  summary: string,
  callers: readonly Caller[],
  input: Lazy<I>,
  output: Lazy<O>,
): CallDefinition<I, O> => {
  let cachedInput: I | undefined;
  let cachedOutput: O | undefined;
  return {
    summary,
    callers,
    get input() {
      return (cachedInput ??= resolved(input));
    },
    get output() {
      return (cachedOutput ??= resolved(output));
    },
  };
};

const resolved = <S extends z.ZodType>(schema: Lazy<S>): S =>
  typeof schema === 'function' ? schema() : schema;

export const EVERYONE = ['cli', 'window', 'browser'] as const;
export const COMMAND_LINE = ['cli'] as const;
/** The command line here, and with a key from elsewhere. */
export const COMMAND_LINES = ['cli', 'remote'] as const;
export const PAGES = ['window', 'browser'] as const;
export const WINDOW = ['window'] as const;

/** A connection by id or by name. */
export const ConnectionRef = z.string().min(1).max(20_000);
/** Without one: the active connection. */
export const OptionalRef = ConnectionRef.optional();
/** Absolute path of the folder that the caller is in: without a connection, the one that it is bound to; else the active one. */
export const CallerFolder = z.string().min(1).max(5000).optional();
/** No input. */
export const None = z.strictObject({});
/** Nothing to answer. */
export const Done = z.object({});
