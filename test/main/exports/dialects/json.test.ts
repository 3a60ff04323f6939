import { expect, it } from 'vitest';
import { json } from '../../../../main/exports/dialects/json.ts';

it('writes an object that reads back exactly, whatever the values', () => {
  const values = { A: 'plain', B: '\0\n\u2028"\\', C: '\ud83d', __proto__x: '' };
  const text = json.render(Object.entries(values).map(([name, value]) => ({ name, value, secret: false })));
  if (!text.ok) throw new Error('refused');
  expect(JSON.parse(Buffer.from(text.value, 'utf8').toString('utf8'))).toEqual(values);
  expect(text.value.endsWith('}\n')).toBe(true);
});
