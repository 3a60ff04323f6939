import { asEvents } from '../app/events.ts';
import { readRefusal, wireFailure } from '../app/answer.ts';
import { addressOf, distrust, placeOf, type Place } from '../app/place.ts';
import type { Outcome } from '../outcome.ts';
import { systemSurroundings } from '../process/surroundings.ts';
import { exchange, type ExchangeOptions, type Request } from '../wire/exchange.ts';
import type { Calls, Event } from './contract.ts';
import { TokentrayError } from './tokentray-error.ts';

export type { Calls, Connection, ConnectionStatus, Event } from './contract.ts';
export { TokentrayError } from './tokentray-error.ts';

/** Events that may wait for whoever reads them, so that a reader that is stuck does not use up its program's memory. */
export const MOST_WAITING_EVENTS = 10_000;

export type CallName = keyof Calls;
/** One of the values that `get` gives, such as `access_token`. */
export type Field = Calls['credentials.get']['input']['field'];

export interface TokentrayOptions {
  /** The data folder; by default the one that the app uses, or `TOKENTRAY_HOME`. */
  home?: string;
  /** Uses the sandbox's app. `TOKENTRAY_SANDBOX=1` does the same. */
  sandbox?: boolean;
  /** Longest wait without any bytes of an answer, ms; 30,000 by default, 0 for no limit. */
  timeoutMs?: number;
}

export interface GetOptions {
  /** Name or ID of a connection; by default the active one. */
  connection?: string;
  /** Which API `api_url`, `authorization` and `username` are for. */
  api?: string;
  /** Scopes that the credential must have. */
  scopes?: string[];
  /** Refreshes first if the token would expire within so many seconds. */
  minTtlSeconds?: number;
  signal?: AbortSignal;
}

/** Asks the running app over its local socket. Keeps nothing: ask again whenever a credential is needed. */
export class Tokentray {
  readonly #surroundings = systemSurroundings();
  readonly #place: Place;
  readonly #timeoutMs: number;

  constructor({ home, sandbox, timeoutMs = 30_000 }: TokentrayOptions = {}) {
    const { paths } = this.#surroundings;
    const env = home === undefined ? paths.env : { ...paths.env, TOKENTRAY_HOME: home };
    const asked = ['1', 'true'].includes(env['TOKENTRAY_SANDBOX'] ?? '');
    this.#place = placeOf({ ...this.#surroundings, paths: { ...paths, env } }, sandbox ?? asked);
    this.#timeoutMs = timeoutMs;
  }

  /**
   * One value of a connection, fresh. Throws `TokentrayError`; `code` is `needs-reconnect` when the person has to sign in
   * again, `not-reachable` when the app is not running.
   */
  async get(field: Field = 'access_token', { signal, ...request }: GetOptions = {}): Promise<string> {
    return (await this.call('credentials.get', { field, ...request }, { signal })).value;
  }

  /** The variables of a preset. */
  async env(
    request: Calls['credentials.env']['input'] = {},
    options: { signal?: AbortSignal | undefined } = {},
  ): Promise<Record<string, string>> {
    const { variables } = await this.call('credentials.env', request, options);
    return Object.fromEntries(variables.map(({ name, value }) => [name, value]));
  }

  /** Makes one call. Throws `TokentrayError`. */
  async call<K extends CallName>(
    name: K,
    input: Calls[K]['input'],
    { signal }: { signal?: AbortSignal | undefined } = {},
  ): Promise<Calls[K]['output']> {
    const request = { method: 'POST', path: `/v1/${name}`, body: JSON.stringify(input) } as const;
    const answer = await this.#send(request, { timeoutMs: this.#timeoutMs, signal });
    return JSON.parse(answer.toString('utf8')) as Calls[K]['output'];
  }

  /**
   * What changes, from now until `signal` aborts. Throws `TokentrayError` when the app ends, and with the code `limited` when
   * events come faster than they are read.
   */
  async *events({ signal }: { signal?: AbortSignal } = {}): AsyncGenerator<Event, void, undefined> {
    const waiting: Event[] = [];
    let wake: () => void = () => undefined;
    const stop = new AbortController();
    const end = (): void => {
      stop.abort();
    };
    signal?.addEventListener('abort', end);
    const ended: unknown[] = [];
    const stream = {
      onOpen: () => undefined,
      onPiece: asEvents((event) => {
        if (waiting.length < MOST_WAITING_EVENTS) waiting.push(event as Event);
        else if (!stop.signal.aborted) {
          ended.push(tooSlow());
          stop.abort();
        }
        wake();
      }),
    };
    void this.#send(
      { method: 'GET', path: '/v1/events', body: null },
      { timeoutMs: 0, signal: stop.signal, stream },
    )
      .then(
        () => new TokentrayError({ code: 'not-reachable', message: 'The app has ended.' }),
        (fault: unknown) => fault,
      )
      .then((fault) => {
        ended.push(fault);
        wake();
      });
    try {
      for (;;) {
        const event = waiting.shift();
        if (event !== undefined) yield event;
        else if (signal?.aborted === true) return;
        else if (ended.length > 0) throw ended[0];
        else
          await new Promise<void>((resolve) => {
            wake = resolve;
          });
      }
    } finally {
      signal?.removeEventListener('abort', end);
      stop.abort();
    }
  }

  async #send(request: Request, options: ExchangeOptions): Promise<Buffer> {
    const distrusted = distrust(this.#surroundings, this.#place);
    if (distrusted !== null) orThrow(distrusted);
    const end = await exchange(addressOf(this.#surroundings, this.#place), request, options);
    if (end.kind === 'unreachable' && (end.code === 'ENOENT' || end.code === 'ECONNREFUSED'))
      throw new TokentrayError({
        code: 'not-reachable',
        message: 'Tokentray is not running.',
        hint: 'Start it: the desktop app, or "tokentray serve".',
      });
    if (end.kind !== 'answer') return orThrow(wireFailure(end, this.#place, options.timeoutMs));
    return end.status === 200 ? end.body : orThrow(readRefusal(end));
  }
}

const tooSlow = (): TokentrayError =>
  new TokentrayError({
    code: 'limited',
    message: `More than ${MOST_WAITING_EVENTS} events of Tokentray waited to be read.`,
    hint: 'Read them faster, or begin anew and ask for how things are now.',
  });

function orThrow<T>(outcome: Outcome<T>): T {
  if (outcome.ok) return outcome.value;
  throw new TokentrayError(outcome.error);
}
