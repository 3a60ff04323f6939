import type { CallInput } from '../contract/calls.ts';
import type { ConnectionView } from '../contract/connection.ts';
import type { SignInStage, SignInView } from '../contract/sign-in.ts';
import { done, failed, type Outcome } from './outcome.ts';
import { plain } from './present/plain.ts';
import { duration } from './present/time.ts';
import { choose, confirm } from './prompt.ts';
import type { Runtime } from './runtime.ts';

type Waiting = Extract<SignInStage, { stage: 'waiting' }>;
type ChooseSite = Extract<SignInStage, { stage: 'choose-site' }>;
type ConfirmAccount = Extract<SignInStage, { stage: 'confirm-account' }>;

/**
 * Signs in and gives the connection. Ctrl-C, and every other failure, ends the sign-in in the app too. With `open` false the address goes to stdout, for whoever opens it.
 */
export async function signIn(
  runtime: Runtime,
  request: CallInput<'sign-in.start'>,
): Promise<Outcome<ConnectionView>> {
  const interrupt = new AbortController();
  const stopListening = runtime.context.onInterrupt(() => {
    interrupt.abort();
  });
  try {
    const started = await runtime.app.call('sign-in.start', request, { signal: interrupt.signal });
    if (!started.ok) return started;
    const cancel = (): Promise<unknown> => runtime.app.call('sign-in.cancel', { signIn: started.value.id });
    let ended: Outcome<ConnectionView>;
    try {
      ended = await new SignInRun(runtime, started.value, request, interrupt.signal).follow();
    } catch (fault) {
      // Such as an address that could not be printed: nobody can finish it.
      await cancel();
      throw fault;
    }
    if (!ended.ok && ended.error.code !== 'not-reachable') await cancel();
    return ended;
  } finally {
    stopListening();
  }
}

/** One sign-in, from the browser's address to the connection. */
class SignInRun {
  readonly #runtime: Runtime;
  readonly #request: CallInput<'sign-in.start'>;
  readonly #signal: AbortSignal;
  #view: SignInView;
  #announced = false;
  #pasted: Promise<string | null> | null = null;

  constructor(runtime: Runtime, view: SignInView, request: CallInput<'sign-in.start'>, signal: AbortSignal) {
    this.#runtime = runtime;
    this.#view = view;
    this.#request = request;
    this.#signal = signal;
  }

  async follow(): Promise<Outcome<ConnectionView>> {
    for (;;) {
      const { stage } = this.#view;
      switch (stage.stage) {
        case 'done':
          return this.#connection(stage.connection);
        case 'failed':
          return { ok: false, error: stage.error };
        case 'waiting':
        case 'exchanging':
        case 'choose-site':
        case 'confirm-account': {
          const next = await this.#advance(stage);
          if (!next.ok) return next;
          this.#view = next.value;
        }
      }
    }
  }

  #advance(stage: Exclude<SignInStage, { stage: 'done' | 'failed' }>): Promise<Outcome<SignInView>> {
    switch (stage.stage) {
      case 'waiting':
        return this.#whileWaiting(stage);
      case 'exchanging':
        return this.#wait('exchanging', this.#signal);
      case 'choose-site':
        return this.#chooseSite(stage);
      case 'confirm-account':
        return this.#confirmAccount(stage);
    }
  }

  #wait(stage: string, signal: AbortSignal): Promise<Outcome<SignInView>> {
    return this.#runtime.app.call('sign-in.wait', { signIn: this.#view.id, while: stage }, { signal });
  }

  /** The browser comes back to the app, or a person pastes the address that it came back to. */
  async #whileWaiting(stage: Waiting): Promise<Outcome<SignInView>> {
    const canPaste = this.#runtime.interactive || !stage.listening;
    if (canPaste) this.#pasted ??= this.#runtime.context.stdin.readLine();
    this.#announce(stage);
    const giveUp = new AbortController();
    const waited = this.#wait('waiting', AbortSignal.any([this.#signal, giveUp.signal]));
    const first = await Promise.race([
      waited.then((outcome) => ({ outcome })),
      ...(this.#pasted ? [this.#pasted.then((line) => ({ line }))] : []),
    ]);
    if ('outcome' in first) return first.outcome;

    giveUp.abort();
    this.#pasted = null;
    if (first.line === null) return this.#inputEnded(stage);
    const callbackUrl = first.line.trim();
    if (callbackUrl === '') return done(this.#view);
    const completed = await this.#runtime.app.call('sign-in.complete', {
      signIn: this.#view.id,
      callbackUrl,
    });
    // The browser came back at the same moment.
    if (!completed.ok && completed.error.code === 'conflict') return this.#wait('waiting', this.#signal);
    if (completed.ok || completed.error.code !== 'invalid-input') return completed;
    this.#runtime.say(`${plain(completed.error.message)} ${plain(completed.error.hint ?? '')}`.trimEnd());
    return done(this.#view);
  }

  #inputEnded(stage: Waiting): Promise<Outcome<SignInView>> {
    if (stage.listening) {
      this.#pasted = new Promise(() => undefined);
      return Promise.resolve(done(this.#view));
    }
    return Promise.resolve(
      failed(
        'port-taken',
        `Nothing can listen at ${stage.redirectUri}, and no callback address was pasted.`,
        'Free the port, or paste the address that the browser ends up at.',
      ),
    );
  }

  #announce({ authorizeUrl, listening, notice, deadline }: Waiting): void {
    if (this.#announced) return;
    this.#announced = true;
    const runtime = this.#runtime;
    const { say, err, context } = runtime;
    if (notice !== null) say(plain(notice));
    if (this.#request.open) {
      say(`Your browser was sent to ${plain(this.#view.providerName)}. If it did not open, go to`);
      say(`  ${plain(authorizeUrl)}`);
    } else if (runtime.json) runtime.document({ authorizeUrl });
    else {
      say(`Open this address to sign in at ${plain(this.#view.providerName)}:`);
      runtime.print(plain(authorizeUrl));
    }
    if (!listening) say('Then paste the address that the browser ends up at:');
    else if (runtime.interactive) say(err.dim('Or paste the address that the browser ends up at.'));
    // Half a minute more, so that a limit of five minutes is not told as four.
    const left = duration(new Date(deadline).getTime() - context.clock.now() + 30_000);
    say(err.dim(`Waiting for the browser, ${left} at most; Ctrl-C cancels …`));
  }

  async #chooseSite({ sites }: ChooseSite): Promise<Outcome<SignInView>> {
    const sorted = sites.toSorted((a, b) => a.name.localeCompare(b.name));
    const labels = sorted.map(({ name, url }) => `${plain(name)}  ${plain(url)}`);
    const { interactive, app } = this.#runtime;
    const asked = this.#request.site;
    let site = asked ?? '';
    if (interactive) {
      const chosen = await this.#orInterrupt(choose(this.#runtime, 'Which site?', labels));
      if (chosen === null) return failed('cancelled', 'Cancelled.');
      site = sorted[chosen]?.cloudId ?? '';
    } else if (asked === undefined) {
      // Whichever was taken would be a guess, and its tokens would go to work on it.
      return failed(
        'ambiguous',
        `The sign-in covers ${sorted.length} sites: ${sorted.map(({ url, name }) => plain(url || name)).join(', ')}.`,
        'Name the one to connect: --site SITE',
      );
    }
    // Otherwise the app says why it did not take the site that was asked for.
    return app.call('sign-in.choose-site', { signIn: this.#view.id, site });
  }

  async #confirmAccount({ expected, actual }: ConfirmAccount): Promise<Outcome<SignInView>> {
    const { interactive, say, app } = this.#runtime;
    const who = (account: typeof expected): string => plain(account.email ?? account.name);
    const sentence = `You signed in as ${who(actual)}, but the connection belongs to ${who(expected)}.`;
    if (!interactive) {
      return failed(
        'refused',
        sentence,
        `Sign in as ${who(expected)}, or connect ${who(actual)} as a connection of its own.`,
      );
    }
    say(sentence);
    const accepted = await this.#orInterrupt(
      confirm(this.#runtime, `Let it belong to ${who(actual)} from now on?`),
    );
    if (accepted !== true) return failed('cancelled', 'Cancelled. The connection is as it was.');
    return app.call('sign-in.accept-account', { signIn: this.#view.id });
  }

  /** Null when Ctrl-C comes before the answer. */
  #orInterrupt<T>(answer: Promise<T>): Promise<T | null> {
    const interrupted = new Promise<null>((resolve) => {
      this.#signal.addEventListener('abort', () => {
        resolve(null);
      });
    });
    return Promise.race([answer, interrupted]);
  }

  async #connection(id: string): Promise<Outcome<ConnectionView>> {
    const listed = await this.#runtime.app.call('connections.list', {});
    if (!listed.ok) return listed;
    const connection = listed.value.connections.find((other) => other.id === id);
    return connection ? done(connection) : failed('not-found', 'The connection was removed right away.');
  }
}
