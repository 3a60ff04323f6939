import { describe, expect, it } from 'vitest';
import { distrustSocket } from '../../contract/socket-trust.ts';
import { DISTRUSTED, TRUSTED, trustCase } from './socket-trust-cases.ts';

const verdict = (...given: Parameters<typeof trustCase>[0]) => {
  const { facts, place } = trustCase(given);
  return distrustSocket(place, (path) => facts[path] ?? 'absent');
};

describe('a socket that is trusted', () => {
  it.each(TRUSTED)('is %s', (_, given) => {
    expect(verdict(...given)).toBeNull();
  });
});

describe('a socket that is not', () => {
  it.each(DISTRUSTED)('is %s', (_, given, code, message, hint) => {
    expect(verdict(...given)).toEqual({ code, message, hint });
  });
});
