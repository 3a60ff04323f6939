import { describe, expect, it } from 'vitest';
import { netrc } from '../../../../main/exports/dialects/netrc.ts';
import type { InBlock } from '../../../../main/exports/dialects/placement.ts';

const login = (change = {}) => ({
  host: 'api.example',
  username: 'ana@acme.example',
  secret: 'ATATT3=x',
  ...change,
});
const block = netrc.placement as InBlock;

describe('the netrc dialect', () => {
  it('writes one entry a host', () => {
    expect(netrc.render([login(), login({ host: 'git.example', username: 'x-token-auth' })])).toEqual({
      ok: true,
      value:
        'machine api.example login ana@acme.example password ATATT3=x\n' +
        'machine git.example login x-token-auth password ATATT3=x\n',
    });
  });

  it.each([
    ['secret', { secret: 'a b' }, 'The secret'],
    ['secret', { secret: 'a#b' }, 'The secret'],
    ['secret', { secret: 'pa"ss' }, 'The secret'],
    ['secret', { secret: 'pa\\ss' }, 'The secret'],
    ['secret', { secret: '' }, 'The secret'],
    ['secret', { secret: 'pass'.repeat(2000) }, 'more than fits'],
    ['user', { username: 'ana maria' }, 'The user name'],
  ])('refuses a %s that readers disagree on: %j', (_, change, what) => {
    const result = netrc.render([login(change)]);
    if (result.ok) throw new Error('was written');
    expect(result.error.message).toContain(what);
    expect(result.error.message).not.toContain('pa"ss');
  });

  it.each([
    ['machine a login b password c\n', false],
    ['macdef init\ncd /\n', true],
    ['macdef init\ncd /\n\n', false],
    ['macdef init\ncd /\n\nmachine a\n', false],
  ])('ends a macro before it begins: %j', (before, expected) => {
    expect(block.continues?.(before)).toBe(expected);
  });

  it('is not written after an entry for every host, which would win', () => {
    expect(block.obstacle?.('machine a login b password c\n')).toBeNull();
    expect(block.obstacle?.('machine a login b password c\ndefault login x password y\n')?.line).toBe(2);
  });
});
