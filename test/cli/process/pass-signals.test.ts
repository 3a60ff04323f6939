import { constants } from 'node:os';
import { expect, it } from 'vitest';
import { signalWays } from '../../../cli/process/pass-signals.ts';

it('knows what to do with every signal of this system, each once', () => {
  const { ending, stopping, harmless } = signalWays(constants.signals);
  const all = [...ending, ...stopping, ...harmless].map((signal) => constants.signals[signal]);
  expect(new Set(all).size).toBe(all.length);
  expect(stopping).toEqual(['SIGTSTP', 'SIGTTIN', 'SIGTTOU']);
  expect(harmless).toEqual(expect.arrayContaining(['SIGCONT', 'SIGWINCH']));
  for (const signal of ['SIGINT', 'SIGQUIT', 'SIGTERM', 'SIGHUP', 'SIGUSR1', 'SIGUSR2', 'SIGPIPE', 'SIGABRT'])
    expect(ending).toContain(signal);
});

it.each(['SIGKILL', 'SIGSTOP', 'SIGCHLD', 'SIGSEGV', 'SIGBUS', 'SIGFPE', 'SIGILL'])(
  'listens to none that is ours or cannot be caught: %s',
  (name) => {
    const { ending, stopping, harmless } = signalWays(constants.signals);
    expect([...ending, ...stopping, ...harmless]).not.toContain(name);
  },
);

it('takes one of two names for a number', () => {
  expect(signalWays({ SIGABRT: 6, SIGIOT: 6, SIGINT: 2 }).ending).toEqual(['SIGABRT', 'SIGINT']);
});
