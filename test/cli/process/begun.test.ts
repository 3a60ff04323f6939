import { closeSync, openSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { takeBegun } from '../../../cli/process/begun.ts';
import { cliSession } from '../../fakes/cli-session.ts';

const session = cliSession();

describe('the word by which the native client hands over', () => {
  const refusesByHand = async (word: string) => {
    const { argv, begun } = takeBegun([word, 'get']);
    expect(begun).toBeNull();
    expect(await session.cli.run(...argv)).toMatchObject({
      code: 2,
      err: expect.stringContaining('has no option --__resume') as unknown,
    });
  };

  it.each(['99,98', '0,1', '1,0', '99999999999,0'])(
    'is an option that nobody knows without its files: %s',
    (files) => refusesByHand(`--__resume=${files}`),
  );

  it('is that too with other files, which it leaves alone', async () => {
    const file = openSync(import.meta.filename, 'r');
    await refusesByHand(`--__resume=${file},${file}`);
    closeSync(file);
  });
});
