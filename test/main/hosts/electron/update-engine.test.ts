import { expect, it } from 'vitest';
import type { NsisUpdater } from 'electron-updater';
import { requireSignature } from '../../../../main/hosts/electron/update-engine.ts';

type Verify = NsisUpdater['verifyUpdateCodeSignature'];

/** As electron-updater's: it warns where it could look at no signature, and says that all is well. */
const fake = (verify: (updater: NsisUpdater) => Promise<string | null>): NsisUpdater => {
  const updater = { logger: null } as unknown as NsisUpdater;
  updater.verifyUpdateCodeSignature = () => verify(updater);
  return requireSignature(updater);
};
const verdict = (updater: NsisUpdater): ReturnType<Verify> =>
  updater.verifyUpdateCodeSignature(['Acme'], 'C:\\update.exe');

it.each<[string, (updater: NsisUpdater) => Promise<string | null>, unknown]>([
  ['a signature that is right', () => Promise.resolve(null), null],
  ['a signature that is wrong', () => Promise.resolve('signed by another'), 'signed by another'],
  [
    'one that could not be looked at',
    (updater) => {
      updater.logger?.warn('Ignoring signature validation');
      return Promise.resolve(null);
    },
    'its signature could not be checked',
  ],
])('on Windows: %s', async (_, verify, expected) => {
  expect(await verdict(fake(verify))).toBe(expected);
});

it('leaves the updater as it was, after a fault too', async () => {
  const updater = fake(() => Promise.reject(new Error('no such file')));
  await expect(verdict(updater)).rejects.toThrow('no such file');
  expect(updater.logger).toBeNull();
});
