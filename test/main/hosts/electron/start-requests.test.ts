import { expect, it } from 'vitest';
import { StartRequests } from '../../../../main/hosts/electron/start-requests.ts';

it.each([
  { what: 'not asked for', before: 0, after: 0, opened: 0 },
  { what: 'asked for before it can open', before: 1, after: 0, opened: 1 },
  { what: 'asked for by several before it can open', before: 3, after: 0, opened: 1 },
  { what: 'asked for later', before: 0, after: 1, opened: 1 },
  { what: 'asked for before and later', before: 1, after: 2, opened: 3 },
])('$what: opens $opened times', ({ before, after, opened }) => {
  const requests = new StartRequests();
  let times = 0;
  for (let i = 0; i < before; i += 1) requests.ask();
  requests.serve(() => (times += 1));
  for (let i = 0; i < after; i += 1) requests.ask();
  expect(times).toBe(opened);
});

const program = '/opt/tokentray/tokentray-app';

it.each([
  ['a person’s start', { hidden: false, program }, 1],
  ['a start at login', { hidden: true, program }, 0],
  ['words that are none', null, 1],
  ['words of another kind', 'hidden', 1],
])('%s opens the window %3$i times', (_, words, opened) => {
  const requests = new StartRequests();
  let times = 0;
  requests.serve(() => (times += 1));
  requests.receive(words);
  expect(times).toBe(opened);
  expect(requests.again).toBeNull();
});

it.each([
  ['nobody', [], null],
  ['a person', [{ hidden: false, program }], { hidden: false, program }],
  ['the command line', [{ hidden: true, program }], { hidden: true, program }],
  [
    'the command line, then a person',
    [
      { hidden: true, program },
      { hidden: false, program },
    ],
    { hidden: false, program },
  ],
  [
    'a person, then the command line',
    [
      { hidden: false, program },
      { hidden: true, program },
    ],
    { hidden: false, program },
  ],
  ['somebody who names no program', [{ program: 'relative' }], { hidden: false, program: null }],
])('while the app ends, %s starts it again afterwards', (_, starts, again) => {
  const requests = new StartRequests();
  let opened = 0;
  requests.serve(() => (opened += 1));
  requests.setEnding(true);
  for (const words of starts) requests.receive(words);
  expect(requests.again).toEqual(again);
  expect(opened).toBe(0);
});
