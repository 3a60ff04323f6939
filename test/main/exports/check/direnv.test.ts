import { expect, it } from 'vitest';
import { direnvUse, loadsDotenv } from '../../../../main/exports/check/direnv.ts';

const use = (text: string | null, file = '/p/.env', settings = false) =>
  direnvUse(file, text === null ? null : { path: '/p/.envrc', text }, settings)?.kind ?? null;

it.each([
  ['dotenv', 'follows'],
  ['dotenv .env', 'follows'],
  ['dotenv_if_exists "./.env" # mine', 'follows'],
  ['source_env .env', 'follows'],
  ['  . ./.env', 'keeps-old'],
  ['source .env', 'keeps-old'],
  ['watch_file .env\nsource .env', 'follows'],
  ['watch_file a .env\n. .env', 'follows'],
  ['# dotenv .env', null],
  ['dotenv .env.local', null],
  ['export A=1', null],
])('an .envrc with %j: %s', (text, expected) => {
  expect(use(text)).toBe(expected);
});

it('knows files that direnv blocks after each write', () => {
  expect(use(null, '/p/.envrc')).toBe('is-envrc');
  expect(use(null)).toBeNull();
  expect(use(null, '/p/.env', true)).toBe('is-rc');
  expect(use(null, '/p/my.env', true)).toBeNull();
});

it('finds a file that the .envrc of a folder above loads, and the line', () => {
  const envrc = { path: '/p/.envrc', text: 'export A=1\n. sub/.env\n' };
  expect(direnvUse('/p/sub/.env', envrc, false)).toEqual({
    kind: 'keeps-old',
    envrc: '/p/.envrc',
    line: 2,
  });
});

it.each([
  ['[global]\nload_dotenv = true\n', true],
  ['load_dotenv=true', true],
  ['# load_dotenv = true', false],
  ['load_dotenv = false', false],
  ['', false],
])('settings %j', (settings, expected) => {
  expect(loadsDotenv(settings)).toBe(expected);
});
