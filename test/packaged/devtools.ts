/** What a page of a running program shows. */
export interface SeenPage {
  url: string;
  text: string;
  /** `visible` or `hidden`. */
  visibility: string;
}

/** What the window shows somebody who starts the app for the first time; it asks the core to know. */
const FIRST_WORDS = 'Welcome to Tokentray';

/**
 * The app's page, once it shows the first words of the product: not a 404, not an empty frame. For a program that was
 * started with `--remote-debugging-port`. Throws what was seen last when it does not within the limit.
 */
export async function loadedPage(port: number, address: RegExp, limitMs: number): Promise<SeenPage> {
  const deadline = performance.now() + limitMs;
  let last = 'no page at all';
  while (performance.now() < deadline) {
    try {
      for (const page of await seenPages(port)) {
        if (address.test(page.url) && page.text.includes(FIRST_WORDS)) return page;
        last = JSON.stringify(page);
      }
    } catch (fault) {
      last = fault instanceof Error ? fault.message : String(fault);
    }
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
  throw new Error(`The page was not loaded within ${limitMs / 1000} s. Last seen: ${last}`);
}

/** Over the DevTools protocol itself: the fuses of a package keep Playwright's way shut. */
async function seenPages(port: number): Promise<SeenPage[]> {
  const answer = await fetch(`http://127.0.0.1:${port}/json/list`, { signal: AbortSignal.timeout(5_000) });
  const targets = (await answer.json()) as { type: string; webSocketDebuggerUrl: string }[];
  return Promise.all(
    targets
      .filter(({ type }) => type === 'page')
      .map(({ webSocketDebuggerUrl }) => seen(webSocketDebuggerUrl)),
  );
}

function seen(address: string): Promise<SeenPage> {
  const expression =
    '({ url: location.href, text: document.body.innerText, visibility: document.visibilityState })';
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(address);
    const limit = setTimeout(() => {
      socket.close();
      reject(new Error('the page does not answer'));
    }, 5_000);
    socket.onopen = () => {
      socket.send(
        JSON.stringify({ id: 1, method: 'Runtime.evaluate', params: { expression, returnByValue: true } }),
      );
    };
    socket.onmessage = ({ data }) => {
      const { id, result } = JSON.parse(String(data)) as {
        id?: number;
        result?: { result: { value: SeenPage } };
      };
      if (id !== 1 || !result) return;
      clearTimeout(limit);
      socket.close();
      resolve(result.result.value);
    };
    socket.onerror = () => {
      clearTimeout(limit);
      reject(new Error('the page takes no connection'));
    };
  });
}
