import { z } from 'zod';
import { CALLS, type CallName } from '../../contract/calls.ts';
import { FailureBody } from '../../contract/errors.ts';
import { CoreEvent } from '../../contract/events.ts';

const schemaOf = (schema: z.ZodType, io: 'input' | 'output'): object => {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { io, target: 'draft-2020-12' });
  return rest;
};

const json = (schema: object): object => ({ 'application/json': { schema } });

/** The OpenAPI 3.1 description of every call, made from the contract's schemas. */
export function openApiDocument(version: string): object {
  const refused = {
    description: 'Refused or failed',
    content: json({ $ref: '#/components/schemas/Failure' }),
  };
  const calls = (Object.keys(CALLS) as CallName[]).map((name) => {
    const call = CALLS[name];
    return [
      `/v1/${name}`,
      {
        post: {
          operationId: name,
          summary: call.summary,
          'x-callers': call.callers,
          requestBody: { required: true, content: json(schemaOf(call.input, 'input')) },
          responses: {
            200: { description: 'Done', content: json(schemaOf(call.output, 'output')) },
            default: refused,
          },
        },
      },
    ] as const;
  });
  return {
    openapi: '3.1.0',
    info: {
      title: 'Tokentray',
      version,
      description:
        'HTTP/1.1 on the local socket (`tokentray status --json` names it). On Windows it is a named pipe, and each request carries the secret of `run/pipe.key` as a bearer token.',
      license: { name: 'MIT', identifier: 'MIT' },
    },
    paths: {
      ...Object.fromEntries(calls),
      '/v1/events': {
        get: {
          operationId: 'events',
          summary: 'Server-sent events: each `data` line is one event',
          responses: {
            200: {
              description: 'A stream that does not end',
              content: { 'text/event-stream': { schema: { $ref: '#/components/schemas/Event' } } },
            },
          },
        },
      },
    },
    components: {
      schemas: { Failure: schemaOf(FailureBody, 'output'), Event: schemaOf(CoreEvent, 'output') },
    },
  };
}
