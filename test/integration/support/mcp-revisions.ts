import { createHash, randomBytes } from 'node:crypto';
import type { McpWorld } from './mcp-world.ts';

/** How a client of one revision finds out where to sign in, and speaks. Each by itself, from that revision's text. */
export interface Revision {
  readonly version: string;
  /** The addresses of the authorization server, and what else its requests need. */
  discover(url: URL, challenge: string): Promise<Server>;
  /** RFC 8707, since 2025-06-18. */
  readonly namesResource: boolean;
  /** RFC 9207, since 2026-07-28. */
  readonly checksIssuer: boolean;
  /** `MCP-Protocol-Version` after the beginning, since 2025-06-18. */
  readonly sendsVersion: boolean;
  /** `initialize` and a session, until 2026-07-28. */
  readonly hasSessions: boolean;
}

interface Server {
  readonly issuer: string | null;
  readonly authorize: string;
  readonly token: string;
  readonly register: string;
}

interface Metadata {
  issuer: string;
  authorization_endpoint: string;
  token_endpoint: string;
  registration_endpoint: string;
  code_challenge_methods_supported?: string[];
}

const json = async (address: string | URL, headers: Record<string, string> = {}): Promise<unknown> => {
  const answer = await fetch(address, { headers, redirect: 'error' });
  return answer.ok ? answer.json() : null;
};

const server = (metadata: Metadata): Server => ({
  issuer: metadata.issuer,
  authorize: metadata.authorization_endpoint,
  token: metadata.token_endpoint,
  register: metadata.registration_endpoint,
});

/** 2025-03-26, *Authorization*: the base URL without its path is the server; without metadata, the default endpoints. */
const atOrigin =
  (withMetadata: boolean): Revision['discover'] =>
  async ({ origin }) => {
    const found = withMetadata
      ? ((await json(`${origin}/.well-known/oauth-authorization-server`, {
          'mcp-protocol-version': '2025-03-26',
        })) as Metadata | null)
      : null;
    if (withMetadata && found === null) throw new Error('no metadata');
    return found
      ? server(found)
      : {
          issuer: null,
          authorize: `${origin}/authorize`,
          token: `${origin}/token`,
          register: `${origin}/register`,
        };
  };

async function describedBy(address: string | URL, url: URL): Promise<string> {
  const resource = (await json(address)) as { resource: string; authorization_servers: string[] } | null;
  // RFC 9728 §3.3: to the letter.
  if (resource?.resource !== url.href) throw new Error(`it describes ${resource?.resource ?? 'nothing'}`);
  return resource.authorization_servers[0] ?? '';
}

async function metadataOf(issuer: string, wellKnown: readonly string[]): Promise<Server> {
  for (const name of wellKnown) {
    const found = (await json(`${issuer}/.well-known/${name}`)) as Metadata | null;
    if (found === null) continue;
    // RFC 8414 §3.3; without S256 clients have to refuse.
    if (found.issuer !== issuer) throw new Error(`${found.issuer} is not ${issuer}`);
    if (found.code_challenge_methods_supported?.includes('S256') !== true) throw new Error('no PKCE');
    return server(found);
  }
  throw new Error('no metadata');
}

/** 2025-06-18: the 401 has to name the description of the resource (RFC 9728). */
const byChallenge: Revision['discover'] = async (url, challenge) => {
  const named = /resource_metadata="([^"]+)"/.exec(challenge)?.[1];
  if (named === undefined) throw new Error('the challenge names nothing');
  return metadataOf(await describedBy(named, url), ['oauth-authorization-server']);
};

/** 2025-11-25: by the well-known address alone, where a client does not read challenges; OpenID's metadata too. */
const byWellKnown: Revision['discover'] = async (url) =>
  metadataOf(await describedBy(`${url.origin}/.well-known/oauth-protected-resource${url.pathname}`, url), [
    'openid-configuration',
    'oauth-authorization-server',
  ]);

const LATER = { namesResource: true, checksIssuer: false, sendsVersion: true, hasSessions: true };
const FIRST = {
  version: '2025-03-26',
  ...{ namesResource: false, checksIssuer: false, sendsVersion: false, hasSessions: true },
};

export const REVISIONS: readonly (readonly [name: string, revision: Revision])[] = [
  ['2025-03-26', { ...FIRST, discover: atOrigin(true) }],
  ['2025-03-26 without metadata', { ...FIRST, discover: atOrigin(false) }],
  ['2025-06-18', { ...LATER, version: '2025-06-18', discover: byChallenge }],
  ['2025-11-25', { ...LATER, version: '2025-11-25', discover: byWellKnown }],
  [
    '2026-07-28',
    { ...LATER, version: '2026-07-28', discover: byChallenge, checksIssuer: true, hasSessions: false },
  ],
];

const REDIRECT = 'http://127.0.0.1:33419/callback';

/** A client of one revision, no longer than it has to be. */
export class RevisionClient {
  readonly #world: McpWorld;
  readonly #revision: Revision;
  readonly #url: URL;
  readonly #clientId: string;
  readonly #server: Server;
  #tokens: { access_token: string; refresh_token: string; scope: string };
  #session: string | null = null;
  #id = 0;

  private constructor(
    world: McpWorld,
    revision: Revision,
    found: { server: Server; clientId: string; tokens: RevisionClient['tokens'] },
  ) {
    this.#world = world;
    this.#revision = revision;
    this.#url = new URL(world.url);
    this.#server = found.server;
    this.#clientId = found.clientId;
    this.#tokens = found.tokens;
  }

  static async signIn(world: McpWorld, revision: Revision, scope?: string): Promise<RevisionClient> {
    const url = new URL(world.url);
    const refused = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'application/json, text/event-stream' },
      body: JSON.stringify({ jsonrpc: '2.0', id: 0, method: 'initialize', params: {} }),
    });
    if (refused.status !== 401) throw new Error(`answered ${refused.status}`);
    const found = await revision.discover(url, refused.headers.get('www-authenticate') ?? '');
    const registered = await fetch(found.register, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({
        client_name: `Client of ${revision.version}`,
        redirect_uris: [REDIRECT],
        grant_types: ['authorization_code', 'refresh_token'],
        token_endpoint_auth_method: 'none',
        ...(revision.checksIssuer && { application_type: 'native' }),
      }),
    });
    const { client_id: clientId } = (await registered.json()) as { client_id: string };
    const parts = { server: found, clientId, tokens: { access_token: '', refresh_token: '', scope: '' } };
    const client = new RevisionClient(world, revision, parts);
    await client.authorize(scope);
    return client;
  }

  get tokens(): { access_token: string; refresh_token: string; scope: string } {
    return this.#tokens;
  }

  /** The person's part of signing in, and the exchange of the code. */
  async authorize(scope?: string): Promise<void> {
    const { namesResource, checksIssuer } = this.#revision;
    const verifier = randomBytes(32).toString('base64url');
    const state = randomBytes(8).toString('hex');
    const resource = namesResource ? { resource: this.#url.href } : {};
    const query = new URLSearchParams({
      response_type: 'code',
      client_id: this.#clientId,
      redirect_uri: REDIRECT,
      state,
      code_challenge: createHash('sha256').update(verifier).digest('base64url'),
      code_challenge_method: 'S256',
      ...resource,
      ...(scope !== undefined && { scope }),
    });
    const back = (await this.#world.browse(`${this.#server.authorize}?${query.toString()}`)).searchParams;
    if (back.get('state') !== state) throw new Error('another state');
    if (checksIssuer && back.get('iss') !== this.#server.issuer) throw new Error('another issuer');
    await this.#exchange({
      grant_type: 'authorization_code',
      code: back.get('code') ?? '',
      redirect_uri: REDIRECT,
      code_verifier: verifier,
      ...resource,
    });
  }

  async refresh(): Promise<void> {
    await this.#exchange({
      grant_type: 'refresh_token',
      refresh_token: this.#tokens.refresh_token,
      ...(this.#revision.namesResource && { resource: this.#url.href }),
    });
  }

  async #exchange(fields: Record<string, string>): Promise<void> {
    const answer = await fetch(this.#server.token, {
      method: 'POST',
      body: new URLSearchParams({ ...fields, client_id: this.#clientId }),
    });
    if (!answer.ok) throw new Error(await answer.text());
    this.#tokens = (await answer.json()) as RevisionClient['tokens'];
  }

  async begin(): Promise<void> {
    if (!this.#revision.hasSessions) return;
    const answer = await this.send('initialize', {
      protocolVersion: this.#revision.version,
      capabilities: {},
      clientInfo: { name: 'x', version: '1' },
    });
    this.#session = answer.headers.get('mcp-session-id');
    const { result } = (await answer.json()) as { result: { protocolVersion: string } };
    if (result.protocolVersion !== this.#revision.version) throw new Error(result.protocolVersion);
    if (this.#session === null) throw new Error('no session');
    await this.send('notifications/initialized', null);
  }

  /** `params` null: a notification. `headers` replace those of the revision. */
  async send(
    method: string,
    params: object | null,
    headers: Readonly<Record<string, string>> = {},
  ): Promise<Response> {
    const { version, hasSessions } = this.#revision;
    this.#id += 1;
    const meta = {
      'io.modelcontextprotocol/protocolVersion': version,
      'io.modelcontextprotocol/clientInfo': { name: 'x', version: '1' },
      'io.modelcontextprotocol/clientCapabilities': {},
    };
    const name = params !== null && 'name' in params ? String(params.name) : undefined;
    return fetch(this.#url, {
      method: 'POST',
      headers: {
        ...this.#headers(method !== 'initialize'),
        'content-type': 'application/json',
        ...(!hasSessions && { 'mcp-method': method, ...(name !== undefined && { 'mcp-name': name }) }),
        ...headers,
      },
      body: JSON.stringify({
        jsonrpc: '2.0',
        method,
        ...(params !== null && { id: this.#id, params: hasSessions ? params : { ...params, _meta: meta } }),
      }),
    });
  }

  /** GET and DELETE: the stream of the server's own messages, and the end of a session. */
  bare(method: 'GET' | 'DELETE', signal?: AbortSignal): Promise<Response> {
    return fetch(this.#url, { method, headers: this.#headers(true), ...(signal && { signal }) });
  }

  /** The text of a tool's answer, however it comes. */
  async callTool(name: string): Promise<string> {
    const answer = await this.send('tools/call', { name, arguments: {} });
    const body = await answer.text();
    if (!answer.ok) throw new Error(`${answer.status} ${body}`);
    const message = /^data: (.*)$/m.exec(body)?.[1] ?? body;
    const { result } = JSON.parse(message) as { result: { content: { text: string }[]; isError?: boolean } };
    if (result.isError === true) throw new Error(result.content[0]?.text);
    return result.content[0]?.text ?? '';
  }

  #headers(begun: boolean): Record<string, string> {
    return {
      authorization: `Bearer ${this.#tokens.access_token}`,
      accept: 'application/json, text/event-stream',
      ...(begun && this.#revision.sendsVersion && { 'mcp-protocol-version': this.#revision.version }),
      ...(this.#session !== null && { 'mcp-session-id': this.#session }),
    };
  }
}
