import { z } from 'zod';
import { DOWN_MODES, EXPIRES_IN_SHAPES, GONE_ERRORS, RUDE_KINDS, RUDE_PLACES } from './conditions.ts';
import type { SandboxControl } from './control.ts';
import { Ending } from './ended-credentials.ts';
import { json, parseJson, type Reply, type SandboxRequest } from './exchange.ts';

export const CONTROL_PREFIX = '/__sandbox/';

type Command = (control: SandboxControl, body: unknown) => Promise<boolean>;

/** A command with its input; one that does not fit changes nothing. */
const command =
  <T>(schema: z.ZodType<T>, run: (control: SandboxControl, input: T) => unknown): Command =>
  async (control, body) => {
    const input = schema.safeParse(body);
    if (!input.success) return false;
    await run(control, input.data);
    return true;
  };

const Milliseconds = z.number().min(0).max(600_000);
const Count = z.number().int().min(0).max(1_000_000);
const Seconds = z.number().int().min(0).max(86_400);
const Nothing = z.strictObject({});

const Down = z
  .strictObject({ mode: z.enum(DOWN_MODES).nullable(), forMs: Milliseconds.optional() })
  // Nothing could be asked of a closed port any more.
  .refine(({ mode, forMs }) => mode !== 'refuse' || forMs !== undefined);

const COMMANDS = new Map<string, Command>([
  [
    'slow',
    command(z.strictObject({ ms: Milliseconds }), (control, { ms }) => {
      control.slow(ms);
    }),
  ],
  ['down', command(Down, (control, { mode, forMs }) => control.down(mode, forMs))],
  [
    'rude',
    command(
      z.strictObject({
        kind: z.enum(RUDE_KINDS),
        times: Count.optional(),
        place: z.enum(RUDE_PLACES).optional(),
      }),
      (control, { kind, times, place }) => {
        control.rude(kind, times, place);
      },
    ),
  ],
  [
    'lose-answers',
    command(z.strictObject({ count: Count }), (control, { count }) => {
      control.loseAnswers(count);
    }),
  ],
  [
    'without-scope',
    command(z.strictObject({ scopes: z.array(z.string()) }), (control, { scopes }) => {
      control.withoutScope(...scopes);
    }),
  ],
  [
    'expires-in-as',
    command(z.strictObject({ shape: z.enum(EXPIRES_IN_SHAPES) }), (control, { shape }) => {
      control.expiresInAs(shape);
    }),
  ],
  [
    'gone-as',
    command(z.strictObject({ error: z.enum(GONE_ERRORS) }), (control, { error }) => {
      control.goneAs(error);
    }),
  ],
  [
    'access-token-ttl',
    command(z.strictObject({ seconds: Seconds }), (control, { seconds }) => {
      control.accessTokenTtl(seconds);
    }),
  ],
  [
    'not-enabled',
    command(z.strictObject({ scopes: z.array(z.string()) }), (control, { scopes }) => {
      control.notEnabled(...scopes);
    }),
  ],
  [
    'data-center',
    command(
      z.strictObject({
        loginPage: z.boolean().exactOptional(),
        basicAllowed: z.boolean().exactOptional(),
        httpsCallbackOnly: z.boolean().exactOptional(),
      }),
      (control, change) => {
        control.dataCenter(change);
      },
    ),
  ],
  [
    'device',
    command(
      z.strictObject({
        intervalSeconds: Seconds.exactOptional(),
        lifetimeSeconds: Seconds.exactOptional(),
      }),
      (control, change) => {
        control.device(change);
      },
    ),
  ],
  [
    'end-credential',
    command(
      z.strictObject({ secret: z.string().min(1), how: Ending.nullable() }),
      (control, { secret, how }) => {
        control.endCredential(secret, how);
      },
    ),
  ],
  ['fair', command(Nothing, (control) => control.fair())],
  [
    'revoke-all',
    command(Nothing, (control) => {
      control.revokeAll();
    }),
  ],
  [
    'revoke-account',
    command(z.strictObject({ account: z.string() }), (control, { account }) => {
      control.revokeAccount(account);
    }),
  ],
  [
    'end-mcp-sessions',
    command(Nothing, (control) => {
      control.endMcpSessions();
    }),
  ],
  [
    'forget-uses',
    command(Nothing, (control) => {
      control.forgetUses();
    }),
  ],
]);

/**
 * `GET /__sandbox/state`, `GET /__sandbox/uses`, `GET /__sandbox/mcp-calls`, `GET /__sandbox/attached`, `GET /__sandbox/credentials`, `POST /__sandbox/<command>` with JSON. Wants the header
 * `X-Sandbox-Control: 1`, which no page elsewhere can send without being refused first (CORS).
 */
export async function answerControl(control: SandboxControl, request: SandboxRequest): Promise<Reply> {
  if (request.headers['x-sandbox-control'] !== '1')
    return json(403, { error: 'Send the header X-Sandbox-Control: 1.' });
  const name = request.path.slice(CONTROL_PREFIX.length);
  if (request.method === 'GET') {
    if (name === 'state') return json(200, control.view());
    if (name === 'uses') return json(200, control.uses());
    if (name === 'mcp-calls') return json(200, control.mcpCalls());
    if (name === 'attached') return json(200, control.attached());
    if (name === 'credentials') return json(200, control.credentials());
  }
  const run = request.method === 'POST' ? COMMANDS.get(name) : undefined;
  if (!run) return json(404, { error: 'No such command.', commands: [...COMMANDS.keys()] });
  const done = await run(control, parseJson(request.body === '' ? '{}' : request.body));
  return done ? json(200, control.view()) : json(400, { error: 'The input does not fit this command.' });
}
