import { mkdirSync, rmSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import path from 'node:path';
import type { CallInput, CallName, CallOutput } from '../../contract/calls.ts';
import type { Failure } from '../../contract/errors.ts';
import type { CoreEvent } from '../../contract/events.ts';
import { type EXIT_CODES } from '../../contract/vocabulary.ts';

/** Answers a call, or refuses it. */
export type Answers = {
  [K in CallName]?: (input: CallInput<K>) => CallOutput<K> | Refusal | Promise<CallOutput<K> | Refusal>;
};

export class Refusal {
  readonly error: Failure;
  constructor(error: Failure) {
    this.error = error;
  }
}

export const refuse = (code: keyof typeof EXIT_CODES, message: string, hint?: string): Refusal =>
  new Refusal(hint === undefined ? { code, message } : { code, message, hint });

/** The core's side of the local socket, with answers that a test gives. */
export class FakeCore {
  readonly calls: { name: string; input: unknown; authorization: string | null }[] = [];
  answers: Answers;
  /** Takes the place of every answer; for a core that misbehaves. */
  raw: ((request: IncomingMessage, response: ServerResponse) => void) | null = null;
  readonly #server = createServer((request, response) => {
    void this.#answer(request, response);
  });
  readonly #streams = new Set<ServerResponse>();
  /** Runs that a command line holds now. */
  readonly held = new Set<string>();
  readonly socket: string;

  private constructor(socket: string, answers: Answers) {
    this.socket = socket;
    this.answers = answers;
  }

  static async listen(socket: string, answers: Answers = {}): Promise<FakeCore> {
    const core = new FakeCore(socket, answers);
    mkdirSync(path.dirname(socket), { recursive: true, mode: 0o700 });
    rmSync(socket, { force: true });
    await new Promise<void>((resolve) => core.#server.listen(socket, resolve));
    return core;
  }

  /** Pushes to everybody who listens to events. */
  emit(event: CoreEvent): void {
    for (const stream of this.#streams)
      stream.write(`event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`);
  }

  get listeners(): number {
    return this.#streams.size;
  }

  inputs<K extends CallName>(name: K): CallInput<K>[] {
    return this.calls.filter((call) => call.name === name).map(({ input }) => input as CallInput<K>);
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    let body = '';
    for await (const piece of request.setEncoding('utf8')) body += piece as string;
    const name = (request.url ?? '').replace('/v1/', '');
    const input: unknown = body === '' ? null : JSON.parse(body);
    this.calls.push({ name, input, authorization: request.headers.authorization ?? null });
    if (this.raw) {
      this.raw(request, response);
      return;
    }
    if (request.method === 'GET' && name.startsWith('runs/')) {
      const run = name.slice('runs/'.length);
      response.writeHead(200, { 'content-type': 'text/event-stream' }).flushHeaders();
      this.held.add(run);
      response.on('close', () => this.held.delete(run));
      return;
    }
    if (request.method === 'GET' && name === 'events') {
      response.writeHead(200, { 'content-type': 'text/event-stream' }).flushHeaders();
      response.write(': welcome\n\n');
      this.#streams.add(response);
      response.on('close', () => this.#streams.delete(response));
      return;
    }
    const answer = this.answers[name as CallName] as ((input: unknown) => unknown) | undefined;
    const output = answer
      ? await answer(input)
      : refuse('internal', `the fake core was not told how to answer ${name}`);
    const refused = output instanceof Refusal;
    response
      .writeHead(refused ? 400 : 200, { 'content-type': 'application/json' })
      .end(JSON.stringify(refused ? { error: output.error } : output));
  }
}
