import type { CallInput, CallName, CallOutput } from '../../contract/calls.ts';
import type { Failure } from '../../contract/errors.ts';
import type { CoreEvent } from '../../contract/events.ts';
import type { ApiClient, LinkState, Reply } from '../../renderer/api/api-client.ts';

type Answers = {
  [K in CallName]?: (input: CallInput<K>) => Reply<CallOutput<K>> | Promise<Reply<CallOutput<K>>>;
};

export const given = <T>(value: T): Reply<T> => ({ ok: true, value });
export const refused = (error: Failure): Reply<never> => ({ ok: false, error });

/** The core as the window's store sees it, answering as the test says. */
export class FakeApiClient implements ApiClient {
  readonly calls: { name: CallName; input: unknown }[] = [];
  answers: Answers = {};
  #listener: (event: CoreEvent) => void = () => undefined;
  #onState: (state: LinkState) => void = () => undefined;
  stopped = false;

  async call<K extends CallName>(name: K, input: CallInput<K>): Promise<Reply<CallOutput<K>>> {
    this.calls.push({ name, input });
    const answer = this.answers[name];
    if (answer === undefined) throw new Error(`the test has no answer for ${name}`);
    return answer(input);
  }

  subscribe(listener: (event: CoreEvent) => void, onState: (state: LinkState) => void): () => void {
    this.#listener = listener;
    this.#onState = onState;
    return () => {
      this.stopped = true;
    };
  }

  push(event: CoreEvent): void {
    this.#listener(event);
  }

  setLink(state: LinkState): void {
    this.#onState(state);
  }
}
