import type { BrowserContext, Page, Request, Route } from 'playwright-core';
import type { AppCalls, PageCalls } from '../wire.ts';
import type { Answers, Remote } from '../wire-link.ts';
import { isOwn, toOwn, toWeb } from './own-scheme.ts';
import { PageWindow } from './page-window.ts';

/** Electron's names of the permissions that a page could get here, and Chromium's. */
const PERMISSIONS: readonly (readonly [electron: string, chromium: string])[] = [
  ['clipboard-read', 'clipboard-read'],
  ['clipboard-sanitized-write', 'clipboard-write'],
  ['geolocation', 'geolocation'],
  ['notifications', 'notifications'],
  ['midi', 'midi'],
];

/** The windows of one program under test, as pages of one browser context. */
export class WindowPages {
  /** Requests that left the app's own scheme; nothing of the product's page may. */
  readonly outside: string[] = [];
  readonly #context: BrowserContext;
  readonly #app: Remote<AppCalls>;
  readonly #windows = new Map<number, Promise<PageWindow>>();
  readonly #byPage = new Map<Page, PageWindow>();

  constructor(context: BrowserContext, app: Remote<AppCalls>) {
    this.#context = context;
    this.#app = app;
  }

  async start(): Promise<void> {
    await this.#context.route('**/*', (route) => this.#answer(route));
    this.#context.on('page', (page) => void this.#refusePopup(page));
  }

  /** What the program asks of its windows. */
  readonly answers: Answers<PageCalls> = {
    createWindow: async (id, preload, size) => {
      const opening = PageWindow.open(this.#context, this.#app, { id, preload, ...size });
      this.#windows.set(id, opening);
      const window = await opening;
      this.#byPage.set(window.page, window);
      window.page.on('crash', () => void this.#app.pageEvent(id, { type: 'crashed' }));
    },
    load: async (id, url) => {
      const window = await this.#window(id);
      const names = await this.#app.permissions(
        id,
        url,
        PERMISSIONS.map(([name]) => name),
      );
      // What is not granted is refused from now on.
      await this.#context.grantPermissions(
        PERMISSIONS.filter(([name]) => names.includes(name)).map(([, name]) => name),
        { origin: new URL(toWeb(url)).origin },
      );
      const error = await window.load(url);
      if (error === null) {
        const title = await window.page.title();
        await this.#app.pageEvent(id, { type: 'loaded', url: toOwn(window.page.url()), title });
      }
      return { error };
    },
    send: async (id, channel, args) => {
      await (await this.#window(id)).deliver(channel, args);
    },
    show: async (id) => {
      await (await this.#window(id)).page.bringToFront();
    },
    destroy: async (id) => {
      const { page } = await this.#window(id);
      this.#windows.delete(id);
      await page.close();
    },
    colourScheme: async (scheme) => {
      for (const page of this.#byPage.keys())
        if (!page.isClosed()) await page.emulateMedia({ colorScheme: scheme });
    },
  };

  window(id: number): Promise<PageWindow> {
    return this.#window(id);
  }

  async #window(id: number): Promise<PageWindow> {
    const window = await this.#windows.get(id);
    if (!window) throw new Error(`there is no window ${id}`);
    return window;
  }

  async #answer(route: Route): Promise<void> {
    const request = route.request();
    try {
      const verdict = await this.#turnAway(request);
      if (verdict === null) await route.abort('aborted');
      else if (isOwn(request.url())) await this.#serve(route, verdict);
      else {
        this.outside.push(request.url());
        await route.abort('internetdisconnected');
      }
    } catch (fault) {
      // The page, its window or the program has ended meanwhile.
      if (!/closed|ended|no window/i.test(String(fault))) throw fault;
    }
  }

  /** The window that the request is for; null when the shell refuses it. */
  async #turnAway(request: Request): Promise<PageWindow | null> {
    const frame = request.frame();
    const window = this.#byPage.get(frame.page());
    if (!window) return null;
    const own = toOwn(request.url());
    if (request.isNavigationRequest()) {
      const main = frame.parentFrame() === null;
      const asked = main && window.expected === request.url();
      if (!asked && !(await this.#app.mayNavigate(window.id, own, main))) return null;
    }
    return (await this.#app.mayRequest(window.id, own, request.resourceType())) ? window : null;
  }

  async #serve(route: Route, window: PageWindow): Promise<void> {
    const request = route.request();
    const { status, headers, body } = await this.#app.serve(window.id, {
      url: toOwn(request.url()),
      method: request.method(),
      headers: request.headers(),
      body: request.postDataBuffer(),
    });
    await route.fulfill({ status, headers: Object.fromEntries(headers), body: Buffer.from(body) });
  }

  /** A link with a target of its own opens a page before anyone is asked; then the shell's word counts. */
  async #refusePopup(page: Page): Promise<void> {
    const opener = await page.opener();
    const window = opener === null ? undefined : this.#byPage.get(opener);
    if (!window) return;
    if (await this.#app.mayOpen(window.id, toOwn(page.url()))) {
      throw new Error('The shell would open a second window from the page.');
    }
    await page.close();
  }
}
