import { expect } from '@playwright/test';
import { connectMany } from './many-connections.ts';
import type { StandInDriver } from './stand-in-driver.ts';

/** Connects an account, whose sign-in is then revoked and refreshed while no window is open. */
export async function endUnseen({ app, shell, window }: StandInDriver, name: string): Promise<void> {
  await window();
  await connectMany(app, [name]);
  await shell.closeWindow();
  await expect.poll(() => shell.hasWindow()).toBe(false);
  await app.sandbox('revoke-all', {});
  await app.cli(['refresh']);
}
