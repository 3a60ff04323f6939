import type { CallInput, CallOutput } from '../../contract/calls.ts';
import type { CoreEvent } from '../../contract/events.ts';
import { lockRecordFile } from '../../contract/lock-record.ts';
import { storeFile } from '../../contract/paths.ts';
import type { Context } from '../context.ts';
import { done, failed, type Outcome } from '../outcome.ts';
import { exchange, probe, type Exchange, type ExchangeOptions, type Request } from '../wire/exchange.ts';
import { readAnswer, readRefusal, wireFailure } from './answer.ts';
import type { UsedCall } from './shapes.ts';
import { addressOf, distrust, placeOf, type Place } from './place.ts';

export interface AppOptions {
  /** Only the sandbox's app. */
  readonly sandbox: boolean;
  /**
   * Whether a call starts the app when it is not running. `auto`: never the sandbox, nor the person's own app for
   * somebody who has used only the sandbox. `open`: also those, where they have a window of their own.
   */
  readonly start: 'never' | 'auto' | 'open';
  /** Longest wait without any bytes of an answer; replaces the context's limit. */
  readonly timeoutMs?: number;
  /** Called each time the app reports that an answer takes a while. `forApproval`: the person has to decide first. */
  readonly onSlow?: (forApproval: boolean) => void;
  /** Called once when the sandbox's app is used without `--sandbox`. */
  readonly onFallback?: () => void;
  /** Called once when the person's own app was started although the sandbox has been used. `died`: the sandbox did not end in order. */
  readonly onStart?: (sandbox: { died: boolean }) => void;
}

/** The running app; the first call finds it, and starts it if necessary. */
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
    return failed(
      'not-found',
      message,
      `${hint} (The sandbox is also running: add --sandbox to use it.)`.trim(),
    );
  }

  /**
   * Listens until `signal` aborts, which counts as success, or until the app ends. `onOpen` is called once the stream is
   * open. Rejects with whatever the listeners throw.
   */
  async events(
    onEvent: (event: CoreEvent) => void,
    { signal, onOpen }: { signal: AbortSignal; onOpen: () => void },
  ): Promise<Outcome<void>> {
    const { asEvents } = await import('./events.ts');
    return this.#listen('/v1/events', asEvents(onEvent), { signal, onOpen });
  }

  /** Keeps a run of the gateway alive: until `signal` aborts, which counts as success, or until the app ends. */
  hold(run: string, options: { signal: AbortSignal; onOpen: () => void }): Promise<Outcome<void>> {
    return this.#listen(`/v1/runs/${encodeURIComponent(run)}`, () => undefined, options);
  }

  async #listen(
    path: string,
    onPiece: (piece: Buffer) => void,
    { signal, onOpen }: { signal: AbortSignal; onOpen: () => void },
  ): Promise<Outcome<void>> {
    const begun = { opened: false };
    const stream = {
      onOpen: () => {
        begun.opened = true;
        onOpen();
      },
      onPiece,
    };
    const sent = await this.#send({ method: 'GET', path, body: null }, { timeoutMs: 0, signal, stream });
    if (!sent.ok && sent.error.code === 'cancelled') return done(undefined);
    if (begun.opened) {
      const { startCommand } = await import('./not-running.ts');
      const command = startCommand(this.#context.serve.host, this.#place.sandbox ? 'sandbox' : 'own');
      return failed('not-reachable', 'The app has ended.', `Start it again: ${command}`);
    }
    return sent.ok ? readRefusal(sent.value) : sent;
  }

  /** Null if an app accepts connections, otherwise the system's error code. Starts nothing. */
  async probe(): Promise<string | null> {
    // Do not even connect to an untrusted socket; a call reports the reason.
    if (distrust(this.#context, this.#place) !== null) return 'EACCES';
    const refused = await probe(this.#place.socket);
    if (refused === null || !(await this.#sandboxInstead())) return refused;
    return null;
  }

  /** Whether an app holds the data folder although nothing answers at its socket; waits a few seconds for an answer. */
  async runsWithoutSocket(): Promise<boolean> {
    if (this.#place.remote) return false;
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
    if (this.#place.remote) {
      if (end.kind === 'unreachable' && isAbsent(end.code)) return carriedButSilent(this.#place.socket);
      return end.kind === 'answer' ? done(end) : wireFailure(end, this.#place, options.timeoutMs);
    }
    if (end.kind === 'unreachable' && isAbsent(end.code)) {
      const { appWithoutSocket, withoutSocket } = await import('./running-app.ts');
      const found = await appWithoutSocket(this.#context, this.#place);
      if (typeof found === 'number') return withoutSocket(found, this.#place);
      if (found === 'answers') end = await this.#exchange(request, options);
    }
    if (end.kind === 'unreachable' && !this.#reached) {
      if (await this.#sandboxInstead()) end = await this.#exchange(request, options);
      else if (isAbsent(end.code)) {
        const started = await this.#start();
        if (!started.ok) return started;
        end = await this.#exchange(request, options);
      }
    }
    if (end.kind === 'unreachable' && isAbsent(end.code)) return this.#notRunning(null);
    if (end.kind !== 'unreachable') this.#reached = true;
    return end.kind === 'answer' ? done(end) : wireFailure(end, this.#place, options.timeoutMs);
  }

  /** Starts the app if this call may; see `AppOptions.start`. */
  async #start(): Promise<Outcome<void>> {
    const { start } = this.#options;
    const { serve, paths } = this.#context;
    const always = start === 'open' && serve.host === 'electron';
    const sandboxUsed = this.#sandboxUsed();
    if (start === 'never' || (this.#place.sandbox && !always)) return this.#notRunning(null);
    // Somebody whose sandbox has ended did not ask for an app of their own, which would then get all their commands.
    if (sandboxUsed && !this.#hasOwnStore() && !always) return this.#notRunning(false);
    const { startApp } = await import('./start.ts');
    const started = await startApp(this.#context, this.#place, { onlyIfUsed: sandboxUsed && !always });
    if (!started.ok) return started;
    if (started.value === 'unused') return this.#notRunning(false);
    if (sandboxUsed && !this.#place.sandbox) {
      const record = lockRecordFile(placeOf(this.#context, true).home, paths.platform);
      this.#options.onStart?.({ died: this.#context.readText(record) !== null });
    }
    return done(undefined);
  }

  #hasOwnStore(): boolean {
    return this.#context.exists(storeFile(placeOf(this.#context, false).home, this.#context.paths.platform));
  }

  /** Whether the sandbox has ever run; its store may have been in memory. */
  #sandboxUsed(): boolean {
    return this.#context.exists(placeOf(this.#context, true).home);
  }

  async #notRunning(hasOwn: false | null): Promise<Outcome<never>> {
    const { notRunning } = await import('./not-running.ts');
    const { home, sandbox } = this.#place;
    return {
      ok: false,
      error: notRunning({
        asked: sandbox ? 'sandbox' : 'own',
        host: this.#context.serve.host,
        home,
        hasOwn,
        sandbox: (await this.sandboxBeside()) ? 'running' : this.#sandboxUsed() ? 'ended' : 'never-used',
      }),
    };
  }

  #exchange(request: Request, options: ExchangeOptions): Promise<Exchange> {
    return exchange(addressOf(this.#context, this.#place), request, options);
  }

  /** Whether the sandbox is running besides this app: someone who finds nothing here may have meant the sandbox. */
  async sandboxBeside(): Promise<boolean> {
    return !this.#place.sandbox && !this.#place.remote && (await this.#answers(placeOf(this.#context, true)));
  }

  /** Whether a trusted app accepts connections there. */
  async #answers(place: Place): Promise<boolean> {
    return distrust(this.#context, place) === null && (await probe(place.socket)) === null;
  }

  /** Someone who has only ever run the sandbox means the sandbox. */
  async #sandboxInstead(): Promise<boolean> {
    if (this.#place.sandbox || this.#place.remote || this.#hasOwnStore()) return false;
    const sandbox = placeOf(this.#context, true);
    if (!(await this.#answers(sandbox))) return false;
    this.#place = sandbox;
    this.#options.onFallback?.();
    return true;
  }
}

const carriedButSilent = (socket: string): Outcome<never> =>
  failed(
    'not-reachable',
    `No Tokentray answers at ${socket}, which TOKENTRAY_SOCKET names.`,
    'It runs elsewhere: check that it is running there, and that its socket is carried here (ssh -R, or a mounted folder).',
  );

/** No app is running there. Other codes mean an obstacle that starting another app would not remove. */
export const isAbsent = (code: string): boolean => code === 'ENOENT' || code === 'ECONNREFUSED';
