import type { Failure } from '../../../contract/errors.ts';
import type { GatewayDoor } from '../../../contract/gateway.ts';
import type { Clock } from '../../lib/clock.ts';
import type { Disposable } from '../../lib/disposable.ts';
import { Emitter, type Event } from '../../lib/emitter.ts';
import type { Logger } from '../../lib/log.ts';
import type { Door } from '../ports.ts';
import { listenOn, type Handle, type Listening } from './listen.ts';

/** The person's settings for the door. */
export interface McpDoorSettings {
  on: boolean;
  /** 0 takes a free one. */
  port: number;
}

export interface McpDoorOptions {
  settings: { get(): McpDoorSettings; readonly onChange: Event<unknown> };
  /** A free port will do where that one is taken. */
  mayBeAnother?: boolean;
  clock: Clock;
  logger: Logger;
  handle: Handle;
}

const TRY_AGAIN_MS = 30_000;

/** Listens for MCP clients while the person wants it; tries again when its port is taken. */
export class McpDoor implements Door {
  readonly #options: McpDoorOptions;
  readonly #changed = new Emitter<void>();
  readonly onChange = this.#changed.event;
  readonly #subscription: Disposable;
  #listening: { asked: number; port: number; servers: readonly Listening[] } | null = null;
  /** At ports of former settings. */
  readonly #retiring = new Set<Listening>();
  #fault: Failure | null = null;
  #retry: Disposable | null = null;
  #disposed = false;
  #work: Promise<void> = Promise.resolve();

  constructor(options: McpDoorOptions) {
    this.#options = options;
    this.#subscription = options.settings.onChange(() => {
      this.#follow();
    });
    this.#follow();
  }

  get state(): GatewayDoor {
    return { url: this.#listening ? `http://127.0.0.1:${this.#listening.port}` : null, fault: this.#fault };
  }

  /** 0 while it does not listen. */
  get port(): number {
    return this.#listening?.port ?? 0;
  }

  /** When what the settings say is so, or has failed. */
  settled(): Promise<void> {
    return this.#work;
  }

  async dispose(): Promise<void> {
    this.#disposed = true;
    void this.#subscription.dispose();
    void this.#retry?.dispose();
    this.#follow();
    await this.#work;
  }

  #follow(): void {
    this.#work = this.#work.then(() => this.#step());
  }

  async #step(): Promise<void> {
    const { on, port } = this.#options.settings.get();
    const wanted = on && !this.#disposed;
    if (wanted && this.#listening?.asked === port) return;
    void this.#retry?.dispose();
    const before = JSON.stringify(this.state);
    if (this.#listening) {
      const { servers } = this.#listening;
      this.#listening = null;
      for (const server of servers) {
        this.#retiring.add(server);
        server.retire(() => this.#retiring.delete(server));
      }
    }
    if (!wanted) for (const server of [...this.#retiring]) await server.dispose();
    this.#fault = null;
    if (wanted) await this.#listen(port);
    if (JSON.stringify(this.state) !== before) this.#changed.emit();
  }

  async #listen(port: number): Promise<void> {
    const { clock, handle, logger, mayBeAnother = false } = this.#options;
    const wanted = await listenOn('127.0.0.1', port, handle);
    const first = wanted === 'EADDRINUSE' && mayBeAnother ? await listenOn('127.0.0.1', 0, handle) : wanted;
    if (typeof first === 'string') {
      logger.warn('mcp.door-closed', { code: first, port });
      this.#fault = doorFault(first, port);
      this.#retry = clock.setTimeout(() => {
        this.#follow();
      }, TRY_AGAIN_MS);
      return;
    }
    // Where `localhost` means this one first; without it clients take the other.
    const second = await listenOn('::1', first.port, handle);
    this.#listening = {
      asked: port,
      port: first.port,
      servers: typeof second === 'string' ? [first] : [first, second],
    };
  }
}

const doorFault = (code: string, port: number): Failure =>
  code === 'EADDRINUSE'
    ? {
        code: 'port-taken',
        message: `Port ${port}, at which MCP clients sign in, is used by another program.`,
        hint: 'End that program, or choose another port in the settings; clients then need the new address.',
      }
    : {
        code: 'io',
        message: `MCP clients cannot sign in: the system does not open port ${port} (${code}).`,
        hint: 'Choose another port in the settings.',
      };
