import { randomUUID } from 'node:crypto';
import type { BrowserContext, CDPSession, Page } from 'playwright-core';
import { createCloneCodec } from '../clone-codec.ts';
import type { AppCalls, WireFrame } from '../wire.ts';
import type { Remote } from '../wire-link.ts';
import { toOwn, toWeb } from './own-scheme.ts';
import { startPageWorld } from './page-world.ts';
import { startPreloadWorld, type PreloadMessage, type PreloadWorld } from './preload-world.ts';
import { createWorldBridge } from './world-bridge.ts';

const WORLD = 'preload';

/** One window of the program under test: a page with the preload in a world of its own. */
export class PageWindow {
  readonly id: number;
  readonly page: Page;
  /** The address that the program itself asked for, while it is on its way. */
  expected: string | null = null;
  readonly #cdp: CDPSession;
  readonly #app: Remote<AppCalls>;
  /** The preload's world of the page as it is now. */
  #world: number | null = null;

  private constructor(id: number, page: Page, cdp: CDPSession, app: Remote<AppCalls>) {
    this.id = id;
    this.page = page;
    this.#cdp = cdp;
    this.#app = app;
  }

  static async open(
    context: BrowserContext,
    app: Remote<AppCalls>,
    options: { id: number; preload: string | null; width: number; height: number },
  ): Promise<PageWindow> {
    const page = await context.newPage();
    await page.setViewportSize({ width: options.width, height: options.height });
    const cdp = await context.newCDPSession(page);
    const window = new PageWindow(options.id, page, cdp, app);
    // Both are unknown to the page.
    const key = randomUUID();
    const post = `post_${key.replaceAll('-', '')}`;
    cdp.on('Runtime.bindingCalled', ({ name, payload, executionContextId }) => {
      if (name !== post) return;
      window.#world = executionContextId;
      void window.#receive(JSON.parse(payload) as PreloadMessage | { kind: 'started' }, executionContextId);
    });
    await cdp.send('Page.enable');
    await cdp.send('Runtime.enable');
    await cdp.send('Runtime.addBinding', { name: post, executionContextName: WORLD });
    await cdp.send('Page.addScriptToEvaluateOnNewDocument', {
      source: `if (window === window.top) (${String(startPageWorld)})((${String(createWorldBridge)})('${key}', 'page'));`,
    });
    await cdp.send('Page.addScriptToEvaluateOnNewDocument', {
      worldName: WORLD,
      source: `if (window === window.top) (() => {
        const post = (message) => ${post}(JSON.stringify(message));
        const { world, require, process } = (${String(startPreloadWorld)})(
          (${String(createWorldBridge)})('${key}', 'preload'), (${String(createCloneCodec)})(), post);
        globalThis.shell = world;
        post({ kind: 'started' });
        const module = { exports: {} };
        (function (require, process, module, exports) {\n${options.preload ?? ''}\n})(require, process, module, module.exports);
      })();`,
    });
    return window;
  }

  /** Goes to an address of the program's; gives the error's name, or null. */
  async load(url: string): Promise<string | null> {
    this.expected = toWeb(url);
    try {
      await this.page.goto(this.expected);
      return null;
    } catch (fault) {
      return /net::(\S+)/.exec(String(fault))?.[1] ?? 'ERR_FAILED';
    } finally {
      this.expected = null;
    }
  }

  async deliver(channel: string, args: string): Promise<void> {
    if (this.#world !== null) await this.#run(this.#world, 'deliver', channel, args);
  }

  /** Says something to the program as the page's preload, or a preload that was broken into, could. */
  forge(
    channel: string,
    args: string,
    frame: WireFrame = this.#frame(),
  ): Promise<{ value: string } | { error: string }> {
    return this.#app.invoke(this.id, frame, channel, args);
  }

  #frame(): WireFrame {
    return { url: toOwn(this.page.url()), main: true };
  }

  async #receive(message: PreloadMessage | { kind: 'started' }, world: number): Promise<void> {
    try {
      switch (message.kind) {
        case 'started':
          return;
        case 'invoke': {
          const answer = await this.#app.invoke(this.id, this.#frame(), message.channel, message.args);
          await this.#run(world, 'settle', message.id, answer);
          return;
        }
        case 'send':
          await this.#app.sendToMain(this.id, this.#frame(), message.channel, message.args);
          return;
        case 'close':
          await this.#app.closeWindow(this.id);
          return;
        case 'open':
          if (await this.#app.mayOpen(this.id, toOwn(new URL(message.url, this.page.url()).href))) {
            throw new Error('The shell would open a second window from the page.');
          }
      }
    } catch (fault) {
      // The program or the page has ended meanwhile.
      if (!this.page.isClosed() && !/ended|closed|context/i.test(String(fault))) throw fault;
    }
  }

  /** Values go as values: the browser keeps the text of every script, and a secret with it. */
  async #run(world: number, name: keyof PreloadWorld, ...args: unknown[]): Promise<void> {
    const call = {
      functionDeclaration: `(...args) => { shell.${name}(...args); }`,
      executionContextId: world,
      arguments: args.map((value) => ({ value })),
    };
    await this.#cdp.send('Runtime.callFunctionOn', call).catch((fault: unknown) => {
      if (!/context|closed|navigat/i.test(String(fault))) throw fault;
    });
  }
}
