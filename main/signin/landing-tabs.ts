import type { ConnectionId } from '../../contract/ids.ts';
import type { Clock } from '../lib/clock.ts';
import type { Disposable } from '../lib/disposable.ts';
import type { PlainPage } from '../lib/plain-page.ts';
import { landingPath } from './callback-request.ts';
import { LONGEST_WAIT_MS } from './callback-server.ts';
import { landingPage, type ConnectedAs } from './landing-page.ts';
import type { Conversation } from './method.ts';

/** A browser that lands waits so long for the result before it is told to ask again. */
const FIRST_WAIT_MS = 1500;
/** …and so long each further time, while it goes on showing the page that it has. */
const FURTHER_WAIT_MS = LONGEST_WAIT_MS - 2000;
/** How long after the end a tab is still answered: browsers slow down what is not looked at. */
const GRACE_MS = 70_000;

interface LandingTabsOptions {
  clock: Clock;
  /** What a sign-in ended with. */
  connected: (connection: ConnectionId) => ConnectedAs | null;
}

/** A listener that is kept, and until when; null while the sign-in keeps it itself. */
interface Kept {
  listener: Disposable;
  timer: Disposable;
}

/** The browser tabs in which sign-ins end. A listener stays while its tab has not had its last page. */
export class LandingTabs implements Disposable {
  readonly #options: LandingTabsOptions;
  /** Tabs that were told to ask again, by the name of their page. */
  readonly #waiting = new Map<string, Kept | null>();

  constructor(options: LandingTabsOptions) {
    this.#options = options;
  }

  /** What the tab is shown now, or when the sign-in goes on. `again`: it has a page already. */
  async page(landing: string, conversation: Conversation, again: boolean): Promise<PlainPage> {
    const { stage } = conversation.stage;
    if (again && (stage === 'choose-site' || stage === 'confirm-account'))
      await conversation.left(stage, FURTHER_WAIT_MS);
    if (conversation.stage.stage === 'exchanging')
      await conversation.left('exchanging', again ? FURTHER_WAIT_MS : FIRST_WAIT_MS);
    const reached = conversation.stage;
    const connected = reached.stage === 'done' ? this.#options.connected(reached.connection) : null;
    const page = landingPage({
      stage: reached,
      connected,
      again: landingPath(landing, true),
    });
    if (page.next === undefined) this.#end(landing);
    else if (!this.#waiting.has(landing)) this.#waiting.set(landing, null);
    return page;
  }

  /** The sign-in is over: ends its listener, at once or when the tab has had its last page. */
  release(landing: string, listener: Disposable | null): void {
    if (listener === null) return;
    if (!this.#waiting.has(landing)) {
      void listener.dispose();
      return;
    }
    const timer = this.#options.clock.setTimeout(() => {
      this.#end(landing);
    }, GRACE_MS);
    this.#waiting.set(landing, { listener, timer });
  }

  dispose(): void {
    for (const landing of [...this.#waiting.keys()]) this.#end(landing);
  }

  #end(landing: string): void {
    const kept = this.#waiting.get(landing);
    this.#waiting.delete(landing);
    void kept?.timer.dispose();
    void kept?.listener.dispose();
  }
}
