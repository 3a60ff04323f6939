import { z } from 'zod';
import { CALLS, type CallName } from '../../contract/calls.ts';
import { ActivityEntry } from '../../contract/activity.ts';
import { Account, ConnectionStatus, ConnectionView, Site } from '../../contract/connection.ts';
import { Failure, FailureBody } from '../../contract/errors.ts';
import { ExportView } from '../../contract/export.ts';
import { OAuthClientView, ProviderProblem, ProviderView } from '../../contract/provider.ts';
import { Settings } from '../../contract/settings.ts';
import { SignInView } from '../../contract/sign-in.ts';
import { AppStatus } from '../../contract/status.ts';
import { CoreEvent } from '../../contract/events.ts';

const callNames = Object.keys(CALLS) as CallName[];

/** The views that many calls share, each described once. */
const SHARED: Readonly<Record<string, z.ZodType>> = {
  Failure,
  FailureBody,
  Event: CoreEvent,
  Account,
  Site,
  ConnectionStatus,
  Connection: ConnectionView,
  OAuthClient: OAuthClientView,
  Provider: ProviderView,
  ProviderProblem,
  SignIn: SignInView,
  Export: ExportView,
  Activity: ActivityEntry,
  Settings,
  Status: AppStatus,
};

/** JSON Schemas of the shared views and of every call's input and output, by name, referring to one another. */
function describeSchemas(): Record<string, object> {
  const registry = z.registry<{ id: string }>();
  const named: [string, z.ZodType][] = [
    ...Object.entries(SHARED),
    ...callNames.flatMap((name): [string, z.ZodType][] => [
      [`${name}.input`, CALLS[name].input],
      [`${name}.output`, CALLS[name].output],
    ]),
  ];
  for (const [id, schema] of named) if (!registry.has(schema)) registry.add(schema, { id });
  const { schemas } = z.toJSONSchema(registry, {
    io: 'input',
    target: 'draft-2020-12',
    uri: (id) => `#/components/schemas/${id}`,
  });
  return Object.fromEntries(
    named.map(([id, schema]) => {
      const known = registry.get(schema)?.id ?? id;
      if (known !== id) return [id, { $ref: `#/components/schemas/${known}` }];
      const { $schema: _dialect, $id: _id, ...rest } = schemas[id] as Record<string, unknown>;
      return [id, rest];
    }),
  );
}

const reference = (id: string): object => ({ $ref: `#/components/schemas/${id}` });

const json = (schema: object): object => ({ 'application/json': { schema } });

/** The OpenAPI 3.1 description of every call, made from the contract's schemas. */
export function openApiDocument(version: string): object {
  const refused = {
    description: 'Refused or failed',
    content: json(reference('FailureBody')),
  };
  const calls = callNames.map((name) => {
    const call = CALLS[name];
    return [
      `/v1/${name}`,
      {
        post: {
          operationId: name,
          summary: call.summary,
          'x-callers': call.callers,
          requestBody: { required: true, content: json(reference(`${name}.input`)) },
          responses: {
            200: { description: 'Done', content: json(reference(`${name}.output`)) },
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
        'HTTP/1.1 on the local socket (`tokentray status --json` names it). On Windows it is a named pipe, and each request carries the secret in `run/pipe.key` as a bearer token.',
      license: { name: 'MIT', identifier: 'MIT' },
    },
    paths: {
      ...Object.fromEntries(calls),
      '/v1/events': {
        get: {
          operationId: 'events',
          summary: 'Server-sent events; each `data` line is one event',
          responses: {
            200: {
              description: 'A stream that does not end',
              content: { 'text/event-stream': { schema: reference('Event') } },
            },
          },
        },
      },
    },
    components: { schemas: describeSchemas() },
  };
}
