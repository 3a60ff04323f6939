import { fromJsonSchema, type CallToolResult, type McpServer } from '@modelcontextprotocol/server';
import type { App } from '../app/app.ts';
import type { Outcome } from '../outcome.ts';
import { connectionFacts, signInFacts, testFacts } from './facts.ts';

const NOTHING = fromJsonSchema<Record<string, never>>({ type: 'object', additionalProperties: false });

const CONNECTION = { type: 'string', description: 'Name or ID of a connection' } as const;

const READS = { readOnlyHint: true, openWorldHint: false } as const;

/** Longer waits would run into the time limits of clients. */
const WAITS = 'Waits up to 25 seconds; call it again while the stage has not changed.';

/** The tools of the server. None of them gives a secret. */
export function registerTools(server: McpServer, app: App): void {
  server.registerTool(
    'list_connections',
    {
      title: 'List connections',
      description:
        'The connections: name, provider, account, site, state, and the addresses at which each one’s credential works.',
      inputSchema: NOTHING,
      annotations: READS,
    },
    async () =>
      answer(await app.call('connections.list', {}), ({ connections }) => ({
        connections: connections.map(connectionFacts),
      })),
  );
  server.registerTool(
    'test_connection',
    {
      title: 'Test a connection',
      description: 'Makes real requests with the credential of a connection and says what works.',
      inputSchema: fromJsonSchema<{ connection: string }>({
        type: 'object',
        properties: { connection: CONNECTION },
        required: ['connection'],
        additionalProperties: false,
      }),
      annotations: { readOnlyHint: true, openWorldHint: true },
    },
    async ({ connection }) => answer(await app.call('connections.test', { connection }), testFacts),
  );
  server.registerTool(
    'list_providers',
    {
      title: 'List providers',
      description: 'The services that can be connected, with the ids that start_sign_in takes.',
      inputSchema: NOTHING,
      annotations: READS,
    },
    async () =>
      answer(await app.call('providers.list', {}), ({ providers }) => ({
        providers: providers.map(({ id, name }) => ({ id, name })),
      })),
  );
  server.registerTool(
    'start_sign_in',
    {
      title: 'Start a sign-in',
      description:
        'Starts to connect a provider, or to reconnect a connection. The person finishes it in the browser that opens; then call wait_for_sign_in.',
      inputSchema: fromJsonSchema<StartSignIn>({
        type: 'object',
        properties: {
          provider: { type: 'string', description: 'Provider id, for a new connection' },
          reconnect: { ...CONNECTION, description: 'Connection to sign in to again, instead of a provider' },
          scopes: { type: 'array', items: { type: 'string' }, description: 'Scopes to ask for' },
          site: { type: 'string', description: 'Name or address of the site, if there are several' },
          url: { type: 'string', description: 'Base address of a self-hosted instance' },
        },
        additionalProperties: false,
      }),
      annotations: { readOnlyHint: false, destructiveHint: false, openWorldHint: true },
    },
    async (input) => answer(await app.call('sign-in.start', { ...input, open: true }), signInFacts),
  );
  server.registerTool(
    'wait_for_sign_in',
    {
      title: 'Wait for a sign-in',
      description: `The stage of a sign-in that was started. ${WAITS}`,
      inputSchema: fromJsonSchema<{ signIn: string; stage: string }>({
        type: 'object',
        properties: {
          signIn: { type: 'string', description: 'Id from start_sign_in' },
          stage: { type: 'string', description: 'The stage that it had' },
        },
        required: ['signIn', 'stage'],
        additionalProperties: false,
      }),
      annotations: READS,
    },
    async ({ signIn, stage }) =>
      answer(await app.call('sign-in.wait', { signIn, while: stage }), signInFacts),
  );
}

interface StartSignIn {
  provider?: string;
  reconnect?: string;
  scopes?: string[];
  site?: string;
  url?: string;
}

function answer<T>(outcome: Outcome<T>, facts: (value: T) => Record<string, unknown>): CallToolResult {
  if (outcome.ok) {
    const structuredContent = facts(outcome.value);
    return { structuredContent, content: [{ type: 'text', text: JSON.stringify(structuredContent) }] };
  }
  const { code, message, hint } = outcome.error;
  return {
    isError: true,
    content: [{ type: 'text', text: [`${message} (${code})`, hint].filter(Boolean).join('\n') }],
  };
}
