import { expect, it } from 'vitest';
import { doorPort } from '../../../renderer/view/door-port.ts';

it.each([
  ['http://127.0.0.1:7990', 7990],
  ['http://127.0.0.1', 7980],
  [null, 7980],
])('a door at %j that is set to 7980 is shown with port %i', (url, port) => {
  expect(doorPort({ url }, 7980)).toBe(port);
});
