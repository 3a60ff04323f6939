import type { NumberOptionSpec, OptionSpec } from './command.ts';

// Options that several commands have.

export const PRESET_OPTION = {
  type: 'text',
  value: 'PRESET',
  description: 'Tool that the variables are for (see: tokentray presets)',
  completes: 'presets',
} as const satisfies OptionSpec;

export const PRESET_NAME_OPTION = {
  type: 'text',
  value: 'NAME',
  description: 'Name of the preset, if its file does not say it (default: name of the file)',
} as const satisfies OptionSpec;

export const MIN_TTL_OPTION = {
  type: 'number',
  value: 'SECONDS',
  description: 'Minimum time that the access token must stay valid',
  min: 0,
  max: 31_536_000,
} as const satisfies OptionSpec;

/** What an OAuth client is made of, beside its secret. */
export const CLIENT_OPTIONS = {
  'client-id': { type: 'text', value: 'ID', description: 'The client ID that the provider gave you' },
  'redirect-uri': {
    type: 'text',
    value: 'URI',
    description: 'The redirect (callback) address that you registered',
  },
  name: { type: 'text', value: 'NAME', description: 'Name to show in Tokentray' },
  scopes: {
    type: 'text',
    value: '"SCOPES"',
    description: 'Those that you gave it there: what a sign-in with it asks for unless it says otherwise',
  },
} as const satisfies Record<string, OptionSpec>;

/** How much of what has happened is shown at once, for commands with `--follow`. */
export const limitOption = (things: string, usual: number): NumberOptionSpec => ({
  type: 'number',
  value: 'N',
  description: `Number of past ${things} to show (default: ${usual})`,
  min: 1,
  max: 1000,
});
