import type { BlankTab, PageClipboard, StorePorts } from './store/ports.ts';

async function digest(text: string): Promise<string> {
  const bytes = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text));
  return btoa(String.fromCharCode(...new Uint8Array(bytes)));
}

/** Whether the page may read the clipboard without a prompt. */
async function mayRead(): Promise<boolean> {
  try {
    // Browsers that do not know this name reject.
    const { state } = await navigator.permissions.query({ name: 'clipboard-read' as PermissionName });
    return state === 'granted';
  } catch {
    return false;
  }
}

/** Resolves once the page has the focus, without which browsers refuse access to the clipboard. */
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
    // Reading is no longer allowed: the clipboard stays as it is.
  }
}

const clipboard: PageClipboard = {
  write,
  async writeSecret(text, clearAfterSeconds) {
    if (!(await write(text))) return { written: false, clears: false };
    if (clearAfterSeconds === 0 || !(await mayRead())) return { written: true, clears: false };
    // The timer keeps only the digest, not the value.
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

/** The page's clipboard, tabs, files and clock. */
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
