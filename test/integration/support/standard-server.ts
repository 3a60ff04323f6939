import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { createServer as createTlsServer, type ServerOptions } from 'node:https';
import type { AddressInfo } from 'node:net';
import { Provider } from 'oidc-provider';
import { disposable, type Disposable } from '../../../main/lib/disposable.ts';
import { oidcMemory } from './oidc-memory.ts';
import { walkPages, type BrowserFetch } from './walk-pages.ts';

/** A request for tokens, registration or revocation, as the server received it. */
export interface Received {
  method: string;
  path: string;
  body: string;
}

export interface StandardServer extends Disposable {
  readonly issuer: string;
  /** A protected resource that names the server (RFC 9728). */
  readonly resource: string;
  /** With the grant `client_credentials`. */
  readonly service: { clientId: string; clientSecret: string };
  readonly received: Received[];
  /** Every client that was registered so far is unknown from now on. */
  forgetClients(): void;
  /** From now on metadata is answered with 503, or again as usual. */
  hideMetadata(hidden: boolean): void;
  /** Walks the pages as a browser would; gives the callback address, or null at a page that leads nowhere; throws at an error. */
  browse(address: string, choice?: { login?: string; decision?: 'allow' | 'deny' }): Promise<string | null>;
}

export interface StandardServerOptions {
  /** Speaks TLS as `localhost`, with these settings. */
  tls?: ServerOptions;
  /** What the person's browser reaches it with. */
  browserFetch?: BrowserFetch;
}

/** A certified OpenID provider on loopback with everything standard turned on: registration, device flow, resources. */
export async function startStandardServer({
  tls,
  browserFetch = fetch,
}: StandardServerOptions = {}): Promise<StandardServer> {
  const server = tls === undefined ? createServer() : createTlsServer(tls);
  // Whoever does not accept its certificate.
  server.on('tlsClientError', () => undefined);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const issuer = tls === undefined ? `http://127.0.0.1:${port}` : `https://localhost:${port}`;
  const resource = `${issuer}/mcp`;
  const service = { clientId: 'service', clientSecret: randomBytes(24).toString('base64url') };
  const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const memory = oidcMemory();
  const registered = new Set<string>();
  const forgotten = new Set<string>();
  let metadataHidden = false;

  const provider = new Provider(issuer, {
    adapter: (model: string) => {
      const adapter = memory(model);
      if (model !== 'Client') return adapter;
      return {
        ...adapter,
        upsert: (id, payload, expiresIn) => {
          registered.add(id);
          return adapter.upsert(id, payload, expiresIn);
        },
        find: (id) => (forgotten.has(id) ? Promise.resolve(undefined) : adapter.find(id)),
      };
    },
    clients: [
      {
        client_id: service.clientId,
        client_secret: service.clientSecret,
        redirect_uris: [],
        response_types: [],
        grant_types: ['client_credentials'],
        token_endpoint_auth_method: 'client_secret_basic',
      },
    ],
    pkce: { required: () => true },
    rotateRefreshToken: true,
    conformIdTokenClaims: false,
    scopes: ['openid', 'offline_access', 'profile', 'email', 'read'],
    claims: { openid: ['sub'], profile: ['name'], email: ['email'] },
    findAccount: (_, sub) => ({
      accountId: sub,
      claims: () => ({ sub, name: `Person ${sub}`, email: `${sub}@oidc.example` }),
    }),
    features: {
      devInteractions: { enabled: true },
      revocation: { enabled: true },
      clientCredentials: { enabled: true },
      deviceFlow: { enabled: true },
      registration: { enabled: true },
      registrationManagement: { enabled: true },
      resourceIndicators: {
        enabled: true,
        getResourceServerInfo: () => ({ scope: 'read', accessTokenFormat: 'opaque', audience: resource }),
        useGrantedResource: () => false,
      },
    },
    ttl: {
      AccessToken: 60,
      DeviceCode: 60,
      RefreshToken: 3600,
      Grant: 3600,
      Session: 3600,
      Interaction: 600,
    },
    cookies: { keys: [randomBytes(32).toString('base64url')] },
    jwks: { keys: [{ ...rsa.privateKey.export({ format: 'jwk' }), alg: 'RS256', use: 'sig', kid: '1' }] },
  });
  const received: Received[] = [];
  const handle = provider.callback();
  server.on('request', (request, response) => {
    const { method = '', url = '' } = request;
    const [path = ''] = url.split('?');
    const json = (status: number, body: unknown, headers: Record<string, string> = {}): void => {
      response
        .writeHead(status, { 'content-type': 'application/json', ...headers })
        .end(JSON.stringify(body));
    };
    if (path.startsWith('/.well-known/') && metadataHidden) {
      json(503, {});
      return;
    }
    if (path === '/mcp') {
      const place = `${issuer}/.well-known/oauth-protected-resource/mcp`;
      json(401, {}, { 'www-authenticate': `Bearer resource_metadata="${place}"` });
      return;
    }
    if (path === '/.well-known/oauth-protected-resource/mcp') {
      json(200, { resource, authorization_servers: [issuer] });
      return;
    }
    // Nothing that waits before it reads its body: the listener here would let it flow away.
    if (method !== 'GET' && /^\/(token|reg)\b/.test(path)) {
      const entry = { method, path, body: '' };
      received.push(entry);
      request.on('data', (chunk: Buffer) => (entry.body += chunk.toString()));
    }
    void handle(request, response);
  });

  return {
    issuer,
    resource,
    service,
    received,
    forgetClients: () => {
      for (const id of registered) forgotten.add(id);
    },
    hideMetadata: (hidden) => {
      metadataHidden = hidden;
    },
    browse: (address, { login = 'ana', decision = 'allow' } = {}) =>
      walkPages(browserFetch, issuer, address, login, decision),
    ...disposable(async () => {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    }),
  };
}
