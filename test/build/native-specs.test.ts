import { expect, it } from 'vitest';
import { NATIVE_COMMANDS, nativeSpecs, type NativeCommand } from '../../build/native-specs.ts';

const COMMAND: NativeCommand = {
  spec: {
    name: 'get',
    options: {
      api: { type: 'text', value: 'API', description: '', choices: ['a', 'b'] },
      ask: { type: 'flag', description: '' },
      'min-ttl': { type: 'number', value: 'N', description: '', min: 1, max: 9 },
      mode: { type: 'text', value: 'M', description: '', choices: ['x', 'y', 'z'] },
      later: { type: 'text', value: 'X', description: '' },
    },
  },
  call: 'credentials.get',
  fields: {
    api: { from: 'option', option: 'api', otherwise: 'a' },
    minTtlSeconds: { from: 'option', option: 'min-ttl' },
    mode: { from: 'option', option: 'mode', except: ['y'] },
  },
  reader: 'answer_value',
};

it('leaves an option that is not sent to the Node client', () => {
  const header = nativeSpecs([COMMAND], null);
  expect(header).toContain('{"api", OPTION_TEXT, GET_API, 0, 0},');
  expect(header).toContain('GET_MODE[] = {"x", "z", 0}');
  expect(header).toContain('GET_API[] = {"a", "b", 0}');
  expect(header).toContain('{"min-ttl", OPTION_NUMBER, 0, 1, 9},');
  expect(header).toContain('{"ask", OPTION_NOT_SENT, 0, 0, 0},');
  expect(header).toContain('{"later", OPTION_NOT_SENT, 0, 0, 0},');
  expect(header).toContain('{"api", FROM_OPTION, 0, "a"},');
});

it('knows no field that comes from an option that is not there', () => {
  const fields = { api: { from: 'option', option: 'gone' } } as const;
  expect(() => nativeSpecs([{ ...COMMAND, fields }], null)).toThrow('the field api');
});

it('has room for the options of every command', () => {
  expect(nativeSpecs(NATIVE_COMMANDS, 'bin/node')).toContain(
    'PINNED_NODE[] __attribute__((unused)) = "bin/node";',
  );
});
