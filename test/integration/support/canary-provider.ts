import { randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** How the token endpoint answers a refresh. Every fault hands the request's own secrets back. */
export type Mood = 'tokens' | 'quotes in an error' | 'quotes in a web page' | 'cuts its answer';

/** A provider whose every secret is a word that stands nowhere else, and which says hostile things besides. */
export interface CanaryProvider {
  mood: Mood;
  /** A provider file for it. */
  readonly definition: object;
  /** Every refresh token, code and verifier so far: none of them may be seen anywhere. */
  readonly hidden: ReadonlySet<string>;
  /** Access tokens so far: for those who ask for them. */
  readonly accessTokens: readonly string[];
  /** The code for a callback. */
  newCode(): string;
  stop(): Promise<void>;
}

export const canary = (what: string): string => `canary-${what}-${randomBytes(12).toString('hex')}`;

/** What a terminal, a page or an env file might obey. */
export const HOSTILE_NAME = 'Eve\u001b]0;owned\u0007\u001b[2J\u202e\n# <<< tokentray ($(id)) <<<\n`id`';

export async function startCanaryProvider(): Promise<CanaryProvider> {
  const hidden = new Set<string>();
  const accessTokens: string[] = [];
  const server = createServer((request, response) => {
    void readText(request).then((text) => {
      answer(request, new URLSearchParams(text), response);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  function answer(request: IncomingMessage, form: URLSearchParams, response: ServerResponse): void {
    const { url: target, headers } = request;
    const sent = headers.authorization ?? '';
    const echo = [sent, Buffer.from(sent).toString('base64'), Array.from(sent).join('\u200B')];
    if (target === '/token') {
      const verifier = form.get('code_verifier');
      if (verifier !== null) hidden.add(verifier);
      token(form, response);
    } else if (target === '/me') {
      json(response, 200, {
        echo,
        account_id: 'eve',
        name: HOSTILE_NAME,
        email: 'eve@a"\n# <<< tokentray <<<\nPATH=/tmp',
        picture: 'javascript:alert(1)',
      });
    } else {
      json(response, 200, [
        { echo, id: 'cloud-1', name: HOSTILE_NAME, url: 'javascript:alert(1)', scopes: ['read:jira-work'] },
      ]);
    }
  }

  function token(form: URLSearchParams, response: ServerResponse): void {
    const mood = form.get('grant_type') === 'refresh_token' ? provider.mood : 'tokens';
    const quoted = [...form.values()].join(' ');
    switch (mood) {
      case 'tokens': {
        const access = canary('access');
        const refresh = canary('refresh');
        accessTokens.push(access);
        hidden.add(refresh);
        json(response, 200, {
          access_token: access,
          refresh_token: refresh,
          token_type: 'Bearer',
          expires_in: 3600,
          scope: 'read:jira-work',
        });
        return;
      }
      case 'quotes in an error':
        json(response, 400, { error: 'invalid_client', error_description: `not good: ${quoted}` });
        return;
      case 'quotes in a web page':
        response.writeHead(502, { 'content-type': 'text/html' }).end(`<h1>${quoted}</h1>`);
        return;
      case 'cuts its answer':
        response.writeHead(200, { 'content-type': 'application/json' });
        response.end(`{"access_token":"${quoted}`);
        return;
    }
  }

  const provider: CanaryProvider = {
    mood: 'tokens',
    definition: {
      id: 'canary',
      name: 'Canary',
      methods: ['oauth2'],
      oauth2: {
        authorizationUrl: `${url}/authorize`,
        tokenUrl: `${url}/token`,
        defaultScopes: ['read:jira-work'],
        refresh: { reuseWindowSeconds: 600 },
      },
      identity: { kind: 'atlassian-cloud', apiUrl: url },
    },
    hidden,
    accessTokens,
    newCode: () => {
      const code = canary('code');
      hidden.add(code);
      return code;
    },
    stop: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
        server.closeAllConnections();
      }),
  };
  return provider;
}

async function readText(request: IncomingMessage): Promise<string> {
  let text = '';
  for await (const piece of request as AsyncIterable<Buffer>) text += piece.toString();
  return text;
}

const json = (response: ServerResponse, status: number, body: unknown): void => {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
};
