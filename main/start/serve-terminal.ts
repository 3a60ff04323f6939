import process from 'node:process';
import { withCommands, type CommandForm } from '../../contract/command-text.ts';
import type { Failure } from '../../contract/errors.ts';
import type { ServeOptions } from './serve-options.ts';

/** The shape that scripts rely on: printed once `serve` is ready. */
export interface Ready {
  url: string | null;
  socket: string;
  sandbox: { url: string } | null;
}

/** The output of `serve`: data on stdout, messages on stderr with commands that work as printed, nothing in the background. */
export class ServeTerminal {
  readonly #json: boolean;
  readonly #silent: boolean;
  readonly #commands: CommandForm;

  constructor(
    { json, background, sandbox }: Pick<ServeOptions, 'json' | 'background' | 'sandbox'>,
    program: string,
  ) {
    this.#commands = { program, sandbox };
    this.#json = json;
    this.#silent = background;
  }

  ready({ url, socket, sandbox }: Ready): void {
    this.#document({ url, socket, sandbox });
    if (sandbox)
      this.log(`Sandbox: a stand-in for Atlassian runs at ${sandbox.url}. No real account is used.`);
    this.log('Tokentray is running. Open its page with this link (it works once):');
    this.#print(url);
    this.log('Press Ctrl+C to stop.');
  }

  alreadyRunning({ url, socket, sandbox }: Ready): void {
    this.#document({ url, socket, sandbox });
    this.log(
      'Tokentray is already running, with the options it was started with. To change them, run “tokentray stop” first.',
    );
    if (url !== null) {
      this.log('Open its page with this link (it works once):');
      this.#print(url);
    }
  }

  failed(error: Failure): void {
    // In the background only whoever started it reads this.
    if (this.#silent) process.stdout.write(`${JSON.stringify({ error })}\n`);
    else if (this.#json) this.#document({ error });
    else this.log(`tokentray: ${error.message}${error.hint === undefined ? '' : `\n  ${error.hint}`}`);
  }

  /** For people only. */
  log(line: string): void {
    if (!this.#json && !this.#silent) process.stderr.write(`${withCommands(line, this.#commands)}\n`);
  }

  #document(document: object): void {
    if (this.#json && !this.#silent) process.stdout.write(`${JSON.stringify(document)}\n`);
  }

  #print(url: string | null): void {
    if (url !== null && !this.#json && !this.#silent) process.stdout.write(`${url}\n`);
  }
}
