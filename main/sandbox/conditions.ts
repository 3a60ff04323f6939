import { json, webPage, type Reply } from './exchange.ts';

/** Ways to answer that no client expects. */
export const RUDE_KINDS = [
  /** A gateway's error page. */
  'html-502',
  /** The sign-in page of a hotel's network: a web page with status 200. */
  'html-200',
  /** Processed, then only half of the JSON, as a complete HTTP answer. */
  'cut-json',
  /** Processed, then the connection ends in the middle of the answer. */
  'cut-connection',
  /** Processed, then the answer stops in the middle and the connection stays open. */
  'stall',
  'empty',
  /** 8 MiB of JSON. */
  'huge',
  '429',
  '500',
  '503',
  /** To a page that is not the answer. */
  'redirect',
] as const;
export type RudeKind = (typeof RUDE_KINDS)[number];

/** Which answers are rude: those of the token endpoint, those of the APIs, or both. Pages never are. */
export const RUDE_PLACES = ['token', 'api', 'any'] as const;
export type RudePlace = (typeof RUDE_PLACES)[number];

export const DOWN_MODES = ['refuse', 'reset', 'hang'] as const;
export type DownMode = (typeof DOWN_MODES)[number];

export const EXPIRES_IN_SHAPES = ['number', 'string', 'zero', 'negative', 'absent'] as const;
export type ExpiresInShape = (typeof EXPIRES_IN_SHAPES)[number];

export const GONE_ERRORS = ['unauthorized_client', 'invalid_grant'] as const;
export type GoneError = (typeof GONE_ERRORS)[number];

/** How the stand-in currently behaves. Tests and demos change these. */
export interface Conditions {
  slowMs: number;
  down: DownMode | null;
  rude: { kind: RudeKind; place: RudePlace; times: number }[];
  loseAnswers: number;
  withoutScopes: string[];
  expiresInAs: ExpiresInShape;
  /** How a dead refresh token is refused: both have been seen at Atlassian. */
  goneAs: GoneError;
  accessTokenTtlSeconds: number;
  /** Scopes that the registrations of all apps lack: a request for one ends on an error page. */
  notEnabledScopes: string[];
  /** Data Center: every address answers 200 with a login page. */
  loginPage: boolean;
  /** Data Center: whether passwords are accepted in HTTP Basic. */
  basicAllowed: boolean;
  /** Data Center: whether a callback must be https, as without an administrator's exception. */
  httpsCallbackOnly: boolean;
  /** RFC 8628 §3.2. */
  device: { intervalSeconds: number; lifetimeSeconds: number };
}

export const fairConditions = (accessTokenTtlSeconds: number): Conditions => ({
  slowMs: 0,
  down: null,
  rude: [],
  loseAnswers: 0,
  withoutScopes: [],
  expiresInAs: 'number',
  goneAs: 'unauthorized_client',
  accessTokenTtlSeconds,
  notEnabledScopes: [],
  loginPage: false,
  basicAllowed: true,
  httpsCallbackOnly: false,
  device: { intervalSeconds: 5, lifetimeSeconds: 600 },
});

/** Takes the next rude answer due at a place, and counts it; null if answers are fair there. */
export function takeRude(conditions: Conditions, place: 'token' | 'api'): RudeKind | null {
  const entry = conditions.rude.find((rude) => rude.place === place || rude.place === 'any');
  if (!entry) return null;
  entry.times -= 1;
  if (entry.times <= 0) conditions.rude = conditions.rude.filter((other) => other !== entry);
  return entry.kind;
}

/** How the body goes out. */
export type Delivery = 'whole' | 'half' | 'stall' | 'cut';

/** The rude answer that replaces the real one, or how the delivery of the real one is disturbed. */
export function rudeReply(kind: RudeKind, url: string, nowMs: number): Reply | Delivery {
  switch (kind) {
    case 'cut-json':
      return 'half';
    case 'cut-connection':
      return 'cut';
    case 'stall':
      return 'stall';
    case 'html-502':
      return webPage(502, 'Bad gateway');
    case 'html-200':
      return webPage(200, 'Welcome to the network. Please sign in.');
    case 'empty':
      return { status: 200, headers: { 'content-type': 'application/json' }, body: '' };
    case 'huge':
      return json(200, { filler: 'x'.repeat(8 << 20) });
    case '429':
      return json(
        429,
        { code: 429, message: 'Rate limit exceeded' },
        {
          'retry-after': '2',
          'x-ratelimit-reset': new Date(nowMs + 2000).toISOString(),
          'ratelimit-reason': 'jira-burst-based',
        },
      );
    case '500':
      return json(500, { code: 500, message: 'Internal server error' });
    case '503':
      return json(503, { code: 503, message: 'Service unavailable' }, { 'retry-after': '1' });
    case 'redirect':
      return { status: 302, headers: { location: `${url}/` }, body: '' };
  }
}
