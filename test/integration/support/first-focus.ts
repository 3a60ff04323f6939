import type { BrowserContext, Page } from 'playwright-core';

/** What got the focus first in a dialog, or in a step of one. */
interface FirstFocus {
  /** Its title. */
  dialog: string;
  /** The control's kind and name. */
  control: string;
}

declare global {
  interface Window {
    firstFocuses?: FirstFocus[];
  }
}

function record(): void {
  const seen: FirstFocus[] = [];
  window.firstFocuses = seen;
  document.addEventListener('focusin', ({ target }) => {
    if (!(target instanceof HTMLElement)) return;
    const shown = target.closest('[role="dialog"], [role="alertdialog"]');
    // While its content is loaded, the dialog itself has it.
    if (shown === null || shown === target) return;
    const dialog = shown.querySelector('h2')?.textContent ?? '';
    if (seen.some((each) => each.dialog === dialog)) return;
    const labels = target instanceof HTMLInputElement ? [...(target.labels ?? [])] : [];
    const name = [target.getAttribute('aria-label') ?? '', ...labels.map((label) => label.textContent)]
      .join(' ')
      .trim();
    seen.push({
      dialog,
      control: `${target.tagName.toLowerCase()} ${name === '' ? target.textContent : name}`,
    });
  });
}

/** From now on, in every page of it. */
export async function recordFirstFocus(context: BrowserContext): Promise<void> {
  await context.addInitScript(record);
}

export const firstFocuses = (page: Page): Promise<FirstFocus[]> =>
  page.evaluate(() => window.firstFocuses ?? []);

/** Controls that delete, that give away more, or that overwrite something. */
const WIDENS =
  /\b(remove|delete|revoke|allow|approve|restore|replace|overwrite|trust|also|keep both|force)\b/i;

/** Of those that a dialog began with. */
export const harmful = (focuses: readonly FirstFocus[]): FirstFocus[] =>
  focuses.filter(({ control }) => /^(button|input)/.test(control) && WIDENS.test(control));

/**
 * Choices that widen damage and were made for the person. Permissions are none: the provider asks about each again, and
 * their words say what a token may delete.
 */
export const preselected = (page: Page): Promise<string[]> =>
  page.evaluate(() =>
    [...document.querySelectorAll<HTMLInputElement>('[role="dialog"] input:checked')]
      .filter((input) => input.closest('[aria-label="Permissions"]') === null)
      .flatMap((input) => [...(input.labels ?? [])].map((label) => label.textContent))
      .filter((name) => /\b(revoke|delete|overwrite|replace)\b/i.test(name)),
  );
