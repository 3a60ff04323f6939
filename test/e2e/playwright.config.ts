import { availableParallelism } from 'node:os';
import process from 'node:process';
import { defineConfig } from '@playwright/test';
import { chromiumOptions } from '../../build/chromium.ts';
import { electronProgram } from '../../build/electron-dist.ts';
import type { Options } from './support/fixtures.ts';

const report = process.env['TOKENTRAY_E2E_REPORT'];
const browser = chromiumOptions();

/** Real Electron in a Wayland compositor: without either there is no such test, which a run that asks for it fails at. */
const ELECTRON_WAYLAND = 'electron-wayland.spec.ts';
const BROWSER_ONLY = [
  'admission.spec.ts',
  'host-gone.spec.ts',
  'secret-in-guide.spec.ts',
  'setup.spec.ts',
  'try-sandbox.spec.ts',
  'ways-in.spec.ts',
];

/** One project a host that the product runs in; the suite is the same. */
export default defineConfig<Options>({
  testDir: '.',
  // Emptied by every run, so not where the pictures lie.
  outputDir: '../../test-results/e2e',
  fullyParallel: true,
  // They wait for processes half of the time.
  workers: availableParallelism() + 1,
  forbidOnly: process.env['CI'] !== undefined,
  // Once more on a machine that is busy with other things; the run says which.
  retries: 1,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  reporter: [
    ['line'],
    ['./support/hosts-reporter.ts'],
    ...(report === undefined ? [] : [['json', { outputFile: report }] as ['json', { outputFile: string }]]),
  ],
  use: {
    trace: 'off',
    // What is not there by then is not there: the step that waits is named, not the whole test.
    actionTimeout: 15_000,
    viewport: { width: 1100, height: 720 },
    launchOptions: {
      ...browser,
      args: [...browser.args, '--disable-component-update', '--disable-sync', '--no-first-run'],
    },
  },
  projects: [
    {
      name: 'browser host',
      testIgnore: ['desktop*.spec.ts', ELECTRON_WAYLAND],
      use: { host: 'browser host' },
    },
    {
      name: 'electron stand-in',
      testIgnore: [...BROWSER_ONLY, ELECTRON_WAYLAND],
      use: { host: 'electron stand-in' },
    },
    ...(electronProgram() === null
      ? []
      : [
          {
            name: 'electron',
            // What only the stand-in can do to a desktop or a page stays out.
            testIgnore: [
              ...BROWSER_ONLY,
              'desktop-*.spec.ts',
              ...(process.env['WAYLAND_DISPLAY'] ? [] : [ELECTRON_WAYLAND]),
            ],
            use: { host: 'electron' as const },
          },
        ]),
  ],
});
