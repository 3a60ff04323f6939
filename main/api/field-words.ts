import { cleanText } from '../lib/clean-text.ts';

/** Fields of calls whose names are not words by themselves. */
const WORDS: Readonly<Record<string, string>> = {
  allowDuplicateKeys: 'permission to keep keys twice',
  allowSharedFolder: 'permission to write into a shared folder',
  alternate: 'second connection',
  api: 'API',
  apis: 'APIs',
  approval: 'setting for approvals',
  args: 'arguments of the program',
  atOnce: 'number of requests at once',
  before: 'place in the list',
  bypass: 'hosts to reach directly',
  caFile: 'file of certificate authorities',
  callbackUrl: 'callback address',
  clientId: 'client ID',
  clipboardClearSeconds: 'time until the clipboard is cleared',
  confirmed: 'confirmation',
  digest: 'digest of what was shown',
  expires: 'last day',
  export: 'env file',
  field: 'value to read',
  fields: 'values that may be read',
  firstRunDone: 'mark of a finished welcome',
  force: 'permission to replace',
  from: 'kind of proxy',
  gatewayPort: 'port of the gateway',
  grant: 'OAuth grant',
  grants: 'answers',
  id: 'ID',
  ids: 'IDs',
  inPlace: 'setting for writing in place',
  isolated: 'setting for isolation',
  keepFile: 'setting for keeping the file',
  keyFile: 'file of the key',
  keyPassphrase: 'passphrase of the key',
  lasts: 'time for which the answer holds',
  launch: 'setting for opening the window',
  limit: 'number of entries',
  location: 'place of the script',
  lockAfterIdleMinutes: 'time after which it locks',
  lockWithScreen: 'setting for locking with the screen',
  mcpForeignTokens: 'setting for MCP clients’ own tokens',
  mcpPort: 'port for MCP clients',
  mcpSignIn: 'setting for MCP clients that sign in',
  method: 'way to sign in',
  minTtlSeconds: 'time that has to remain, in seconds',
  mode: 'way in which it is kept',
  on: 'setting',
  open: 'setting for opening the browser',
  paused: 'setting for pausing',
  redirectUri: 'redirect URI',
  reconnect: 'connection to reconnect',
  refreshWhileLocked: 'setting for refreshing while locked',
  refreshingPaused: 'setting for pausing',
  requestsPerMinute: 'number of requests a minute',
  revealSeconds: 'time for which a token is shown',
  revoke: 'setting for revoking',
  sameAccount: 'setting for the same account',
  serviceAccount: 'setting for a service account',
  shared: 'setting for sharing',
  signIn: 'sign-in',
  since: 'beginning of the time',
  takeOver: 'connections to take over',
  then: 'effect of the rule',
  through: 'way of the requests',
  timeoutSeconds: 'time limit, in seconds',
  to: 'place',
  url: 'address',
  username: 'user name',
  verify: 'setting for checking certificates',
  while: 'stage',
  withToken: 'setting for the token',
};

/** What a field of a call is called in a sentence, such as `client secret` for `clientSecret`. Pure. */
export const fieldWords = (name: string): string =>
  Object.hasOwn(WORDS, name)
    ? (WORDS[name] ?? name)
    : /^[a-z]+([A-Z][a-z]+)*$/.test(name)
      ? name.replaceAll(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)
      : `value of “${cleanText(name, 80)}”`;

/** Whether a sentence about it says “are”. Pure. */
export const isPlural = (words: string): boolean =>
  /^(APIs|IDs|hosts|answers|arguments|levels|values|connections)\b/.test(words) ||
  (!words.includes(' ') && /[^s]s$/.test(words));
