import { describe, expect, it } from 'vitest';
import { parseDefinition } from '../../../main/providers/definition-parse.ts';

const file = (setup: unknown): string =>
  JSON.stringify({
    id: 'acme',
    name: 'Acme',
    methods: [
      {
        method: 'oauth2',
        authorizationUrl: 'https://id.acme.example/a',
        tokenUrl: 'https://id.acme.example/t',
        setup,
      },
    ],
  });

describe('how a client is registered, in a file of somebody’s own', () => {
  it('is taken', () => {
    const parsed = parseDefinition(
      file({
        console: 'Acme’s portal',
        minutes: 3,
        steps: { console: 'New app.' },
        shapes: { clientId: { lengths: [20] } },
      }),
      () => undefined,
    );
    expect(parsed).toMatchObject({ ok: true });
  });

  it.each([
    [{ minutes: 0 }, 'methods.oauth2.setup.minutes', />=1|at least 1/],
    [{ steps: { secret: 'x' } }, 'methods.oauth2.setup.steps.secret', /no such field/],
    [{ steps: { console: 'two\nlines' } }, 'methods.oauth2.setup.steps.console', /one line of plain text/],
    [{ shapes: { clientId: {} } }, 'methods.oauth2.setup.shapes.clientId', /says nothing/],
    [
      { shapes: { clientId: { suffix: 'z', pattern: '(a+)+$' } } },
      'methods.oauth2.setup.shapes.clientId.pattern',
      /no such field/,
    ],
    [{ secret: 'maybe' }, 'methods.oauth2.setup.secret', /required/],
  ])('says which field of %j is at fault', (setup, field, message) => {
    const parsed = parseDefinition(file(setup), () => undefined);
    expect(parsed).toMatchObject({
      ok: false,
      faults: [{ field, message: expect.stringMatching(message) as string }],
    });
  });
});
