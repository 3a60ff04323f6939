import { describe, expect, test } from 'vitest';
import { CALLS, type CallName } from '../../../contract/calls.ts';
import { createDispatcher, type Handlers } from '../../../main/api/dispatcher.ts';
import { fieldWords } from '../../../main/api/field-words.ts';
import { silentLogger } from '../../../main/lib/log.ts';
import type { Result } from '../../../main/lib/result.ts';
import { fieldsOf, fitting, misfits, schemaOf, withAt } from '../../fakes/bad-inputs.ts';
import { FOREIGN_WORDS } from '../../fakes/foreign-words.ts';

const dispatch = createDispatcher({} as Handlers, silentLogger);

const answerTo = (name: CallName, input: unknown): Result<unknown> => {
  const [caller = 'cli'] = CALLS[name].callers;
  const answer = dispatch({ caller }, name, input);
  if (answer instanceof Promise) throw new Error('a refusal takes no time');
  return answer;
};

describe('an input that cannot be used', () => {
  test.each(Object.keys(CALLS) as CallName[])('of %s: says which field, and what it should be', (name) => {
    const schema = schemaOf(CALLS[name].input);
    const fields = fieldsOf(schema);
    for (const { path, schema: field } of fields) {
      const right = fitting(schema, path);
      expect(CALLS[name].input.safeParse(right).error?.issues, `${name} ${path.join('.')}`).toBeUndefined();
      let refused = 0;
      for (const misfit of misfits(field)) {
        const answer = answerTo(name, withAt(right, path, misfit));
        // What fits after all reaches a handler, which is not there.
        if (answer.ok || answer.error.code === 'internal') continue;
        refused++;
        const { code, message, hint, field: named } = answer.error;
        const about = `${name} ${path.join('.')} ${JSON.stringify([misfit]).slice(0, 40)}: ${message}`;
        expect(code, about).toBe('invalid-input');
        expect(message, about).not.toMatch(FOREIGN_WORDS);
        expect(message, about).toMatch(/^[A-Z].*\.$/s);
        expect(hint, about).toBeTruthy();
        const words = path.filter((part) => typeof part === 'string').map(fieldWords);
        const names =
          message.startsWith('There is no field “') ||
          words.some((word) => message.toLowerCase().includes(word.toLowerCase()));
        expect(names, about).toBe(true);
        if (!message.startsWith('There is no field')) expect(named, about).toBe(String(path[0]));
      }
      expect(refused, `${name} ${path.join('.')} takes anything`).toBeGreaterThan(0);
    }
    const extra = answerTo(name, { ...(fitting(schema) as object), 'not-a-field': 1 });
    expect(extra).toMatchObject({ error: { message: 'There is no field “not-a-field” here.' } });
    for (const misfit of [null, [], 'text', 7])
      expect(answerTo(name, misfit)).toMatchObject({ error: { message: 'The input must be an object.' } });
  });

  test.each<[CallName, unknown, string]>([
    ['clients.add', { clientId: 'x' }, 'The provider is missing.'],
    [
      'clients.add',
      { provider: 'X Y', clientId: 'x' },
      'The provider must be lower-case letters, digits and dashes, at most 63.',
    ],
    ['clients.add', { provider: 'x', clientId: '' }, 'The client ID is empty.'],
    [
      'clients.add',
      { provider: 'x', clientId: 'x'.repeat(2001) },
      'The client ID is too long: at most 2000 characters.',
    ],
    ['clients.add', { provider: 'x', clientId: 5 }, 'The client ID must be text.'],
    ['settings.set', { gatewayPort: 80 }, 'The port of the gateway must be at least 1024.'],
    ['settings.set', { gatewayPort: 8080.5 }, 'The port of the gateway must be a whole number.'],
    [
      'settings.set',
      { clipboardClearSeconds: 5 },
      'The time until the clipboard is cleared must be one of 0, 30, 60, 120.',
    ],
    ['credentials.get', { field: 'access_token', scopes: ['a', ''] }, 'Entry 2 of the scopes is empty.'],
    ['network.set', { change: { proxy: { from: 'manual', url: 'x' } } }, 'The address of the proxy'],
    ['connections.use', {}, 'The connection is missing.'],
    ['import.take', { ids: 5 }, 'The IDs must be a list.'],
    ['remote.add', { name: 'x' }, 'The connections are missing.'],
  ])('%s %j: %s', (name, input, message) => {
    const answer = answerTo(name, input);
    expect(answer.ok ? '' : answer.error.message).toContain(message);
  });
});
