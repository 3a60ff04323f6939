import { expect, it } from 'vitest';
import { isForOthers } from '../../build/packaged-command.ts';

it.each([
  [[], false],
  [['--dir'], false],
  [['--linux', 'deb', '-c.directories.output=x'], false],
  [['-l', '--x64'], false],
  [['--mac'], true],
  [['--linux', '-w'], true],
  [['--linux', 'rpm', '--arm64'], true],
  [['--x64', '--arm64'], true],
] as const)('packages with %j, made on Linux x64, are for other machines: %s', (options, others) => {
  expect(isForOthers(options, { platform: 'linux', arch: 'x64' })).toBe(others);
});
