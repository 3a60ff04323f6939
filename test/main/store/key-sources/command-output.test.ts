import { expect, it } from 'vitest';
import { commandOutput } from '../../../../main/store/key-sources/command-output.ts';

it('ends a command that takes too long, also when a child of its own holds its output', async () => {
  const begun = performance.now();
  const output = await commandOutput({
    program: '/bin/sh',
    args: ['-c', 'sleep 6 & sleep 6'],
    env: process.env,
    limitMs: 300,
  });
  expect(output).toMatchObject({ ok: false, error: { code: 'keychain-missing' } });
  expect(output.ok ? '' : output.error.message).toContain('did not end within 0.3 seconds');
  expect(performance.now() - begun).toBeLessThan(5000);
});
