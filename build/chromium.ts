import { existsSync } from 'node:fs';
import process from 'node:process';

/** The shell is Chromium without the parts that a headless one never shows: tests take half the time in it. */
const PROGRAMS = [
  '/usr/bin/chromium-headless-shell',
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
];

/** The browser that `CHROMIUM` names, or the system's; undefined where Playwright must bring its own. */
export const chromiumProgram = (): string | undefined =>
  process.env['CHROMIUM'] ?? PROGRAMS.find((file) => existsSync(file));

/** Options of Playwright's `launch`. */
export const chromiumOptions = (): { executablePath?: string; args: string[] } => {
  const program = chromiumProgram();
  return {
    ...(program === undefined ? {} : { executablePath: program }),
    args: [
      '--disable-background-networking',
      '--disable-gpu',
      ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
    ],
  };
};
