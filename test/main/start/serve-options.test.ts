import { describe, expect, it } from 'vitest';
import { parseServeOptions } from '../../../main/start/serve-options.ts';

describe('parseServeOptions', () => {
  it('opens the page on a free port when nothing is said', () => {
    expect(parseServeOptions([])).toEqual({
      ok: true,
      value: {
        sandbox: false,
        sandboxTtlSeconds: null,
        sandboxUnregistered: false,
        port: 0,
        open: true,
        json: false,
        sessionOnly: false,
        keySource: null,
        background: false,
        onlyIfUsed: false,
      },
    });
  });

  it.each([
    [['--no-open'], { open: false }],
    [['--background'], { open: false, background: true }],
    [['--sandbox', '--sandbox-ttl', '30'], { sandbox: true, sandboxTtlSeconds: 30 }],
    [['--sandbox', '--sandbox-ttl=30', '--json'], { sandboxTtlSeconds: 30, json: true }],
    [['--port', '8080'], { port: 8080 }],
    [['--session-only'], { sessionOnly: true }],
    [['--key-source', 'file:/k'], { keySource: 'file:/k' }],
  ])('reads %j', (args, expected) => {
    expect(parseServeOptions(args)).toMatchObject({ ok: true, value: expected });
  });

  it.each([
    [['--port', 'x']],
    [['--port', '-1']],
    [['--port', '65536']],
    [['--sandbox', '--sandbox-ttl', '0']],
    [['--sandbox', '--sandbox-ttl', '1.5']],
    [['--sandbox-ttl', '30']],
    [['--unknown']],
    [['extra']],
  ])('refuses %j with usage', (args) => {
    expect(parseServeOptions(args)).toMatchObject({ ok: false, error: { code: 'usage' } });
  });
});
