import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect } from 'vitest';
import { run } from './run.ts';

/** Shells in real terminals of one tmux server, that lasts as long as a test. */
export class Terminals {
  readonly #socket: string;
  readonly #env: NodeJS.ProcessEnv;
  readonly #open: string[] = [];
  #lines = 0;

  constructor(home: string, env: NodeJS.ProcessEnv) {
    this.#socket = path.join(home, 'tmux.sock');
    this.#env = { ...env, TERM: 'xterm-256color', HOME: home, TMUX: undefined };
    writeFileSync(path.join(home, '.zshrc'), 'PS1="$ "\n');
  }

  async #tmux(...args: string[]): Promise<string> {
    const { code, stdout, stderr } = await run('tmux', ['-S', this.#socket, '-f', '/dev/null', ...args], {
      env: this.#env,
    });
    if (code !== 0) throw new Error(`tmux ${args.join(' ')}: ${stderr}`);
    return stdout;
  }

  async open(name: string, shell: string, cwd: string, columns = 200): Promise<void> {
    const size = ['-x', String(columns), '-y', '50'];
    await this.#tmux('new-session', '-d', '-s', name, '-c', cwd, ...size, shell);
    this.#open.push(name);
  }

  /** Types a command, and an answer once it asks, and gives what is on the screen between it and its end. */
  async type(name: string, command: string, asked?: { question: string; answer: string }): Promise<string> {
    this.#lines += 1;
    const end = `end-${this.#lines}`;
    await this.#tmux('send-keys', '-t', name, '-R', 'clear', 'Enter');
    await this.#tmux('send-keys', '-t', name, '-l', `${command}; echo end"-"${this.#lines}`);
    await this.#tmux('send-keys', '-t', name, 'Enter');
    let screen = '';
    if (asked !== undefined) {
      await expect
        .poll(() => this.#tmux('capture-pane', '-p', '-J', '-t', name), { timeout: 20_000, interval: 100 })
        .toContain(asked.question);
      await this.#tmux('send-keys', '-t', name, '-l', asked.answer);
      await this.#tmux('send-keys', '-t', name, 'Enter');
    }
    await expect
      .poll(
        async () => {
          screen = await this.#tmux('capture-pane', '-p', '-J', '-t', name);
          return screen.split('\n').some((line) => line.trim() === end);
        },
        { timeout: 20_000, interval: 100 },
      )
      .toBe(true);
    const lines = screen.split('\n').map((line) => line.trim());
    const typed = lines.findLastIndex((line) => line.includes('end"-"'));
    return lines.slice(typed + 1, lines.lastIndexOf(end)).join('\n');
  }

  async close(): Promise<void> {
    if (this.#open.length > 0) await this.#tmux('kill-server');
  }
}
