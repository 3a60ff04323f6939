import type { CallInput } from '../contract/calls.ts';
import type { ConnectionView } from '../contract/connection.ts';
import type { SignInStage, SignInView } from '../contract/sign-in.ts';
import { done, failed, type Outcome } from './outcome.ts';
import { plain } from './present/plain.ts';
import { duration } from './present/time.ts';
import { enterSecret } from './enter-secret.ts';
import { choose, confirm } from './prompt.ts';
import type { Runtime } from './runtime.ts';

type Waiting = Extract<SignInStage, { stage: 'waiting' }>;
type EnterCode = Extract<SignInStage, { stage: 'enter-code' }>;
type ChooseSite = Extract<SignInStage, { stage: 'choose-site' }>;
type ConfirmAccount = Extract<SignInStage, { stage: 'confirm-account' }>;

/**
 * Signs in and resolves to the connection. Ctrl-C and every other failure also cancel the sign-in in the app. If `open` is
 * false, the address is printed to stdout.
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
      // For example, the address could not be printed: then nobody can finish the sign-in.
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
        case 'enter-secret':
        case 'enter-code':
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
      case 'enter-secret':
        return this.#orCancelled(enterSecret(this.#runtime, this.#view, stage, this.#request));
      case 'enter-code':
        return this.#enterCode(stage);
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

  /** The browser returns to the app, or someone pastes the address that it ended up at. */
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
    // The browser returned at the same moment.
    if (!completed.ok && completed.error.code === 'conflict') return this.#wait('waiting', this.#signal);
    if (completed.ok || completed.error.code !== 'invalid-input') return completed;
    this.#runtime.log(`${plain(completed.error.message)} ${plain(completed.error.hint ?? '')}`.trimEnd());
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
        `Tokentray cannot listen at ${stage.redirectUri}, and no callback address was pasted.`,
        'Free the port, or paste the address that the browser ends up at.',
      ),
    );
  }

  #announce({ authorizeUrl, listening, opened, notice, deadline }: Waiting): void {
    if (this.#announced) return;
    this.#announced = true;
    const runtime = this.#runtime;
    const { log, err } = runtime;
    if (notice !== null) log(plain(notice));
    if (this.#request.open && opened) {
      log(`Your browser was sent to ${plain(this.#view.providerName)}. If it did not open, go to`);
      log(`  ${plain(authorizeUrl)}`);
    } else if (!runtime.json) {
      log(`Open this address to sign in at ${plain(this.#view.providerName)}:`);
      runtime.print(plain(authorizeUrl));
    } else if (!this.#request.open) runtime.document({ authorizeUrl });
    if (!listening) log('Then paste the address that the browser ends up at:');
    else if (runtime.interactive) log(err.dim('Or paste the address that the browser ends up at.'));
    log(err.dim(`Waiting for the browser, ${this.#left(deadline)} at most; Ctrl-C cancels …`));
  }

  /** The address and the code are data, on stdout; a script passes them on to a person. */
  #enterCode(stage: EnterCode): Promise<Outcome<SignInView>> {
    const { json, log, err, out, document, print } = this.#runtime;
    const { notice, verificationUrl, completeUrl, userCode, deadline } = stage;
    if (!this.#announced) {
      this.#announced = true;
      if (notice !== null) log(plain(notice));
      if (json) document({ verificationUrl, userCode });
      else {
        log('Open this address in a browser on any device:');
        print(`  ${plain(verificationUrl)}`);
        log('and enter this code:');
        print(`  ${out.bold(plain(userCode))}`);
        if (completeUrl !== null) log(err.dim(`With the code in the address: ${plain(completeUrl)}`));
      }
      log(
        err.dim(
          `Waiting for ${plain(this.#view.providerName)}, ${this.#left(deadline)} at most; Ctrl-C cancels …`,
        ),
      );
    }
    return this.#wait('enter-code', this.#signal);
  }

  /** Half a minute more, so that a limit of five minutes is not rounded down to four. */
  #left(deadline: string): string {
    return duration(new Date(deadline).getTime() - this.#runtime.context.clock.now() + 30_000);
  }

  async #chooseSite({ sites }: ChooseSite): Promise<Outcome<SignInView>> {
    const sorted = sites.toSorted((a, b) => a.name.localeCompare(b.name));
    const labels = sorted.map(({ name, url }) => `${plain(name)}  ${plain(url)}`);
    const { interactive, app } = this.#runtime;
    const asked = this.#request.site;
    let site = asked ?? '';
    if (interactive) {
      const index = await this.#orInterrupt(choose(this.#runtime, 'Which site?', labels));
      if (index === null) return failed('cancelled', 'Cancelled.');
      site = sorted[index]?.cloudId ?? sorted[index]?.url ?? '';
    } else if (asked === undefined) {
      // Picking one would be a guess, and scripts would then work on that site.
      return failed(
        'ambiguous',
        `The sign-in covers ${sorted.length} sites: ${sorted.map(({ url, name }) => plain(url || name)).join(', ')}.`,
        'Name the one to connect: --site SITE',
      );
    }
    // Otherwise the app reports why it did not use the requested site.
    return app.call('sign-in.choose-site', { signIn: this.#view.id, site });
  }

  async #confirmAccount({ expected, actual }: ConfirmAccount): Promise<Outcome<SignInView>> {
    const { interactive, log, app } = this.#runtime;
    const who = (account: typeof expected): string => plain(account.email ?? account.name);
    const sentence = `You signed in as ${who(actual)}, but the connection belongs to ${who(expected)}.`;
    if (!interactive) {
      return failed(
        'refused',
        sentence,
        `Sign in as ${who(expected)}, or connect ${who(actual)} as a separate connection.`,
      );
    }
    log(sentence);
    const accepted = await this.#orInterrupt(
      confirm(this.#runtime, `Switch the connection to ${who(actual)}?`),
    );
    if (accepted !== true) return failed('cancelled', 'Cancelled. The connection has not changed.');
    return app.call('sign-in.accept-account', { signIn: this.#view.id });
  }

  async #orCancelled<T>(outcome: Promise<Outcome<T>>): Promise<Outcome<T>> {
    return (await this.#orInterrupt(outcome)) ?? failed('cancelled', 'Cancelled.');
  }

  /** Null if Ctrl-C comes before the answer. */
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
    return connection
      ? done(connection)
      : failed('not-found', 'The connection was removed immediately afterwards.');
  }
}
