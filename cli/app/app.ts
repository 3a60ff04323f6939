import type { CallInput, CallOutput } from '../../contract/calls.ts';
import type { CoreEvent } from '../../contract/events.ts';
import { storeFile } from '../../contract/paths.ts';
import type { Context } from '../context.ts';
import { done, failed, type Outcome } from '../outcome.ts';
import { exchange, knock, type Exchange, type ExchangeOptions, type Request } from '../wire/exchange.ts';
import { readAnswer, readRefusal, wireFailure } from './answer.ts';
import type { UsedCall } from './shapes.ts';
import { addressOf, distrust, homeFolder, placeOf, type Place } from './place.ts';

export interface AppOptions {
  /** Only the sandbox's app; it is never started by itself. */
  readonly sandbox: boolean;
  /** Whether a call starts the app when none runs. */
  readonly start: boolean;
  /** How long an answer may be silent, instead of the context's limit. */
  readonly timeoutMs?: number;
  /** Called each time that the app says an answer takes long. */
  readonly onSlow?: () => void;
  /** Called once when the sandbox's app is used though nobody asked for it. */
  readonly onFallback?: () => void;
}

/** The running app, found and if need be started by the first call. */
export class App {
  readonly #context: Context;
  readonly #options: AppOptions;
  #place: Place;
  #reached = false;

  constructor(context: Context, options: AppOptions) {
    this.#context = context;
    this.#options = options;
    this.#place = placeOf(context, options.sandbox);
  }

  /** Where the app is, or is expected. */
  get place(): Place {
    return this.#place;
  }

  /** Makes one call. `signal` gives up waiting; the failure is then `cancelled`. */
  async call<K extends UsedCall>(
    name: K,
    input: CallInput<K>,
    options: { signal?: AbortSignal } = {},
  ): Promise<Outcome<CallOutput<K>>> {
    const request = { method: 'POST', path: `/v1/${name}`, body: JSON.stringify(input) } as const;
    const timeoutMs = this.#options.timeoutMs ?? this.#context.callTimeoutMs;
    const sent = await this.#send(request, { timeoutMs, onInterim: this.#options.onSlow, ...options });
    if (!sent.ok) return sent;
    const answer = readAnswer(name, sent.value);
    if (answer.ok || answer.error.code !== 'not-found' || !(await this.sandboxBeside())) return answer;
    const { message, hint = '' } = answer.error;
    return failed('not-found', message, `${hint} (The sandbox runs too: add --sandbox to ask it.)`.trim());
  }

  /**
   * Listens until `signal`, which ends it well, or until the app ends; `onOpen` when it has begun. Rejects with what
   * the listeners throw.
   */
  async events(
    onEvent: (event: CoreEvent) => void,
    { signal, onOpen }: { signal: AbortSignal; onOpen: () => void },
  ): Promise<Outcome<void>> {
    const { asEvents } = await import('./events.ts');
    const begun = { opened: false };
    const stream = {
      onOpen: () => {
        begun.opened = true;
        onOpen();
      },
      onPiece: asEvents(onEvent),
    };
    const sent = await this.#send(
      { method: 'GET', path: '/v1/events', body: null },
      { timeoutMs: 0, signal, stream },
    );
    if (!sent.ok && sent.error.code === 'cancelled') return done(undefined);
    if (begun.opened) return failed('not-reachable', 'The app has ended.', 'Start it again: tokentray serve');
    return sent.ok ? readRefusal(sent.value) : sent;
  }

  /** Whether an app accepts connections; null, or why not. Starts nothing. */
  async knock(): Promise<string | null> {
    // A socket that is not trusted is not touched at all; a call says why.
    if (distrust(this.#context, this.#place) !== null) return 'EACCES';
    const refused = await knock(this.#place.socket);
    if (refused === null || !(await this.#sandboxInstead())) return refused;
    return null;
  }

  /** Whether an app has the data folder although nothing answers at its socket; waits a moment for it. */
  async runsWithoutSocket(): Promise<boolean> {
    const { appWithoutSocket } = await import('./running-app.ts');
    return (await appWithoutSocket(this.#context, this.#place)) !== null;
  }

  async #send(
    request: Request,
    options: ExchangeOptions,
  ): Promise<Outcome<Extract<Exchange, { kind: 'answer' }>>> {
    const distrusted = distrust(this.#context, this.#place);
    if (distrusted !== null) return distrusted;
    let end = await this.#exchange(request, options);
    if (end.kind === 'unreachable' && isAbsent(end.code)) {
      const { appWithoutSocket, withoutSocket } = await import('./running-app.ts');
      const found = await appWithoutSocket(this.#context, this.#place);
      if (typeof found === 'number') return withoutSocket(found, this.#place);
      if (found === 'answers') end = await this.#exchange(request, options);
    }
    if (end.kind === 'unreachable' && !this.#reached) {
      if (await this.#sandboxInstead()) end = await this.#exchange(request, options);
      else if (this.#options.start && !this.#options.sandbox && isAbsent(end.code)) {
        const { startApp } = await import('./start.ts');
        const started = await startApp(this.#context, this.#place);
        if (!started.ok) return started;
        end = await this.#exchange(request, options);
      }
    }
    if (end.kind !== 'unreachable') this.#reached = true;
    return end.kind === 'answer' ? done(end) : wireFailure(end, this.#place, options.timeoutMs);
  }

  #exchange(request: Request, options: ExchangeOptions): Promise<Exchange> {
    return exchange(addressOf(this.#context, this.#place), request, options);
  }

  /** Whether the sandbox runs beside the app that answers: who finds nothing in this one may mean that one. */
  async sandboxBeside(): Promise<boolean> {
    return !this.#place.sandbox && (await this.#answers(placeOf(this.#context, true)));
  }

  /** Whether an app that is trusted accepts connections there. */
  async #answers(place: Place): Promise<boolean> {
    return distrust(this.#context, place) === null && (await knock(place.socket)) === null;
  }

  /** Somebody who has only ever run the sandbox means the sandbox. */
  async #sandboxInstead(): Promise<boolean> {
    const { platform } = this.#context.paths;
    if (this.#place.sandbox || this.#context.exists(storeFile(homeFolder(this.#context), platform)))
      return false;
    const sandbox = placeOf(this.#context, true);
    if (!(await this.#answers(sandbox))) return false;
    this.#place = sandbox;
    this.#options.onFallback?.();
    return true;
  }
}

/** No app runs there; other codes mean that something is in the way, which starting another would not mend. */
export const isAbsent = (code: string): boolean => code === 'ENOENT' || code === 'ECONNREFUSED';
