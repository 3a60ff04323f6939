import { expect, it } from 'vitest';
import { andThen } from '../../../main/lib/soon.ts';

const twice = (value: number): number => value * 2;

it('continues at once with a value that is at hand', () => {
  expect(andThen(3, twice)).toBe(6);
});

it('continues later with a promised one', async () => {
  const later = andThen(Promise.resolve(3), twice);
  expect(later).toBeInstanceOf(Promise);
  expect(await later).toBe(6);
});

it('passes on what goes wrong, in the same way', async () => {
  const fails = (): never => {
    throw new Error('no');
  };
  expect(() => andThen(3, fails)).toThrow('no');
  await expect(andThen(Promise.resolve(3), fails)).rejects.toThrow('no');
  await expect(andThen(Promise.reject<number>(new Error('not there')), twice)).rejects.toThrow('not there');
});
