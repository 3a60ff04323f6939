import type { BlankTab, PageClipboard, StorePorts } from './store/ports.ts';

async function digest(text: string): Promise<string> {
  const bytes = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text));
  return btoa(String.fromCharCode(...new Uint8Array(bytes)));
}

/** Whether the page may look at the clipboard without asking the person. */
async function mayRead(): Promise<boolean> {
  try {
    // Not every browser knows the name: then it rejects.
    const { state } = await navigator.permissions.query({ name: 'clipboard-read' as PermissionName });
    return state === 'granted';
  } catch {
    return false;
  }
}

/** Resolves when the page has the focus; browsers refuse the clipboard without it. */
const focused = (): Promise<void> =>
  document.hasFocus()
    ? Promise.resolve()
    : new Promise((resolve) => {
        window.addEventListener(
          'focus',
          () => {
            resolve();
          },
          { once: true },
        );
      });

async function write(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}

async function clearIfStill(written: string): Promise<void> {
  await focused();
  try {
    if ((await digest(await navigator.clipboard.readText())) === written) await write('');
  } catch {
    // The browser changed its mind about reading: what is there stays.
  }
}

const clipboard: PageClipboard = {
  write,
  async writeSecret(text, clearAfterSeconds) {
    if (!(await write(text))) return { written: false, clears: false };
    if (clearAfterSeconds === 0 || !(await mayRead())) return { written: true, clears: false };
    // Only the digest waits for the timer, not the value.
    const written = await digest(text);
    setTimeout(() => void clearIfStill(written), clearAfterSeconds * 1000);
    return { written: true, clears: true };
  },
};

function openTab(): BlankTab | null {
  const tab = window.open('', '_blank');
  if (tab === null) return null;
  tab.opener = null;
  return {
    go: (address) => {
      tab.location.replace(address);
    },
    close: () => {
      tab.close();
    },
  };
}

/** The page's own clipboard, tabs, files and clock. */
export const pagePorts: Omit<StorePorts, 'api'> = {
  clipboard,
  openTab,
  pathOf: (file) => {
    const path = window.tokentray?.pathOf(file) ?? '';
    return path === '' ? null : path;
  },
  saveText: (name, text) => {
    const link = document.createElement('a');
    link.href = URL.createObjectURL(new Blob([text], { type: 'application/jsonl' }));
    link.download = name;
    link.click();
    setTimeout(() => {
      URL.revokeObjectURL(link.href);
    }, 60_000);
  },
  now: () => Date.now(),
  after: (ms, action) => {
    const timer = setTimeout(action, ms);
    return () => {
      clearTimeout(timer);
    };
  },
};
