import { expect, it } from 'vitest';
import { callerEnvironment } from '../../../cli/process/caller-environment.ts';

it.each([
  [{ A: '1' }, { A: '1' }],
  [
    { A: '1', NODE_OPTIONS: '--x' },
    { A: '1', NODE_OPTIONS: '--x' },
  ],
  [{ TOKENTRAY_CALLER_NODE_OPTIONS: '--inspect' }, { NODE_OPTIONS: '--inspect' }],
])('puts back the options that the installed script kept: %j', (env, expected) => {
  expect(callerEnvironment(env)).toEqual(expected);
});
