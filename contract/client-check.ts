import type { ClientSetupView, ValueShape } from './client-setup.ts';

/** What is to be said of one entered value. A warning keeps nobody from going on: shapes change. */
export interface FieldCheck {
  level: 'good' | 'warning' | 'fault';
  words: string;
}

/** What a provider says about its clients; the name is for sentences. */
export interface ClientRules {
  providerName: string;
  setup: ClientSetupView | null | undefined;
  /** Whether a client ID may be an address (a client ID metadata document). */
  addresses: boolean;
}

/** Beginnings of secrets that are never an OAuth client's, whoever the provider is. */
const WELL_KNOWN: ClientSetupView['otherSecrets'] = [
  { prefix: 'ATATT3x', name: 'an API token of Atlassian' },
  { prefix: 'ATSTT3x', name: 'an API token of an Atlassian service account' },
  { prefix: 'ATCTT3x', name: 'an API key of an Atlassian organisation' },
  { prefix: 'ATBB', name: 'an app password of Bitbucket' },
  { prefix: 'github_pat_', name: 'a personal access token of GitHub' },
  { prefix: 'ghp_', name: 'a personal access token of GitHub' },
  { prefix: 'glpat-', name: 'a personal access token of GitLab' },
  { prefix: 'xoxb-', name: 'a bot token of Slack' },
  { prefix: 'xoxp-', name: 'a user token of Slack' },
  { prefix: 'eyJ', name: 'an access token' },
];

const LABELS = { clientId: 'Client ID', clientSecret: 'Client secret' } as const;

/** What the provider calls it. */
export const labelOf = (name: keyof typeof LABELS, setup: ClientSetupView | null | undefined): string =>
  setup?.labels[name] ?? LABELS[name];

/** Checks a client ID as a person typed or pasted it; null while there is none. Pure. */
export function checkClientIdText(text: string, rules: ClientRules): FieldCheck | null {
  const value = text.trim();
  if (value === '') return null;
  const { setup } = rules;
  const common = commonFault(value, 'client ID', rules);
  if (common !== null) return common;
  const shape = setup?.shapes.clientId ?? null;
  const otherShape = setup?.shapes.clientSecret ?? null;
  const fits = shape === null ? null : fitsShape(value, shape);
  // Some secrets vary in length: there, how it begins is enough.
  if (fits !== true && otherShape?.prefixes?.some((prefix) => value.startsWith(prefix)) === true)
    return fault(`This looks like the secret. Copy the line named “${labelOf('clientId', setup)}”.`);
  const longest = Math.max(...(shape?.lengths ?? [Infinity]));
  if (value.length > longest)
    return {
      level: 'warning',
      words: `It is longer than a client ID of ${rules.providerName} usually is. Is it the ${labelOf('clientSecret', setup).toLowerCase()}?`,
    };
  return verdict(fits, shape, 'client ID', rules);
}

/** Checks a client secret in the same way. Pure. */
export function checkClientSecretText(text: string, clientId: string, rules: ClientRules): FieldCheck | null {
  const value = text.trim();
  if (value === '') return null;
  const { setup } = rules;
  if (/^[•●*·.]+$/.test(value))
    return fault('These are dots in place of the secret. Show it there first, then copy it.');
  const common = commonFault(value, 'client secret', rules);
  if (common !== null) return common;
  if (value === clientId.trim())
    return fault(`This is the client ID again. Copy the line named “${labelOf('clientSecret', setup)}”.`);
  const shape = setup?.shapes.clientSecret ?? null;
  const idShape = setup?.shapes.clientId ?? null;
  const fits = shape === null ? null : fitsShape(value, shape);
  if (fits !== true && idShape?.suffix !== undefined && fitsShape(value, idShape))
    return fault(`This looks like a client ID. Copy the line named “${labelOf('clientSecret', setup)}”.`);
  return verdict(fits, shape, 'client secret', rules);
}

function commonFault(
  value: string,
  what: string,
  { setup, addresses, providerName }: ClientRules,
): FieldCheck | null {
  if (/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(value) && !(setup?.shapes.clientId?.suffix ?? '').includes('@'))
    return fault(`This is an e-mail address, not a ${what}.`);
  if (/^https?:\/\//i.test(value) && !(addresses && what === 'client ID' && /^https:/i.test(value)))
    return fault(`This is an address (URL), not a ${what}.`);
  const other = [...(setup?.otherSecrets ?? []), ...WELL_KNOWN].find(({ prefix }) =>
    value.startsWith(prefix),
  );
  if (other !== undefined)
    return fault(
      `This is ${other.name}, not a ${what}. ${providerName} shows the ${what} where the OAuth client is.`,
    );
  if (/\s/.test(value)) return fault(`There is a space or a line break in it. Copy the ${what} alone.`);
  if (!/^[\x21-\x7e]+$/.test(value)) return fault(`A ${what} has no such characters. Copy it again.`);
  return null;
}

const fault = (words: string): FieldCheck => ({ level: 'fault', words });

function verdict(
  fits: boolean | null,
  shape: ValueShape | null,
  what: string,
  { providerName }: ClientRules,
): FieldCheck {
  if (fits === null || shape === null) return { level: 'good', words: '' };
  if (fits) return { level: 'good', words: 'Looks right' };
  return {
    level: 'warning',
    words: `A ${what} of ${providerName} usually ${shapeWords(shape)}. Check that you copied all of it.`,
  };
}

const CHARACTERS: Readonly<
  Record<NonNullable<ValueShape['characters']>, { pattern: RegExp; words: string }>
> = {
  digits: { pattern: /^\d+$/, words: 'consists of digits' },
  hex: { pattern: /^[\da-f-]+$/i, words: 'consists of digits and the letters a to f' },
  'letters-digits': { pattern: /^[\da-z]+$/i, words: 'consists of letters and digits' },
  base64url: { pattern: /^[\w-]+$/, words: 'consists of letters, digits, “-” and “_”' },
  printable: { pattern: /^[\x21-\x7e]+$/, words: 'has no spaces' },
};

/** Whether a value looks as the provider's usually do. Pure. */
export function fitsShape(value: string, { characters, prefixes, suffix, lengths }: ValueShape): boolean {
  const begins = prefixes === undefined || prefixes.some((prefix) => value.startsWith(prefix));
  const ends = suffix === undefined || value.endsWith(suffix);
  const long = lengths === undefined || lengths.includes(value.length);
  return begins && ends && long && (characters === undefined || CHARACTERS[characters].pattern.test(value));
}

function shapeWords({ characters, prefixes, suffix, lengths }: ValueShape): string {
  const parts = [
    ...(prefixes === undefined ? [] : [`begins with ${prefixes.join(' or ')}`]),
    ...(suffix === undefined ? [] : [`ends with ${suffix}`]),
    ...(lengths === undefined ? [] : [`has ${lengths.join(' or ')} characters`]),
    ...(characters === undefined ? [] : [CHARACTERS[characters].words]),
  ];
  return new Intl.ListFormat('en').format(parts);
}
