import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import type { ActivityEntry } from '../../contract/activity.ts';
import type { GrantView } from '../../contract/grants.ts';
import type { GitInstallView } from '../../contract/git.ts';
import type { UseView } from '../../contract/uses.ts';
import type { CallInput, CallName, CallOutput } from '../../contract/calls.ts';
import type { Failure } from '../../contract/errors.ts';
import type { HookView } from '../../contract/hook.ts';
import type { ConnectionView } from '../../contract/connection.ts';
import type { CoreEvent } from '../../contract/events.ts';
import { someHooks } from './some-hooks.ts';
import { fakeAnswers } from './fake-window-answers.ts';
import { someGrants } from './gateway-data.ts';
import { someActivity, type Snapshot } from './window-data.ts';
import { someUses } from './uses-data.ts';

export type FakeReply = { value: unknown } | { error: Failure };
export type FakeAnswer<K extends CallName> = (
  input: CallInput<K>,
) => { value: CallOutput<K> } | { error: Failure };
export type FakeAnswers = { [K in CallName]?: FakeAnswer<K> };

/** The page's policy, as strict as the real host's. */
const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self'",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
};

/** A stand-in for the browser host: serves the built page and answers its calls from made-up data. */
export class FakeWindowCore {
  /** Connections that can be put back. */
  removed: ConnectionView[] = [];
  /** Every call that came, in order. */
  readonly calls: { name: string; input: unknown }[] = [];
  snapshot: Snapshot;
  /** What happened, newest first. */
  activity: ActivityEntry[] = someActivity(Date.now());
  /** Who used the first connection. */
  uses: UseView[] = someUses(Date.now());
  /** What was answered about programs. */
  grants: GrantView[];
  /** Where git asks Tokentray. */
  gitInstalls: GitInstallView[] = [];
  hooks: HookView[] = someHooks();
  /** Answers that differ from the usual ones. */
  answers: FakeAnswers = {};
  /** Folders that are bound to the first connection. */
  boundFolders = ['/home/ana/work/acme-service', '/home/ana/work/acme-web'];
  /** What a copy gives the page. */
  readonly token = `fake-token-${randomBytes(12).toString('hex')}`;
  /** What adding a key to the gateway gives the page. */
  readonly gatewayKey = `fake-key-${randomBytes(12).toString('hex')}`;
  readonly #folder: string;
  readonly #streams = new Set<ServerResponse>();
  readonly #server = createServer((request, response) => {
    void this.#answer(request, response);
  });
  #port = 0;

  constructor(folder: string, snapshot: Snapshot) {
    this.#folder = folder;
    this.snapshot = snapshot;
    this.grants = snapshot.gateway.consumers.length === 0 ? [] : someGrants(Date.now());
  }

  get url(): string {
    return `http://127.0.0.1:${this.#port}/`;
  }

  /** Listens; after a stop again, on the same port. */
  async start(): Promise<void> {
    await new Promise<void>((resolve) => this.#server.listen(this.#port, '127.0.0.1', resolve));
    this.#port = (this.#server.address() as AddressInfo).port;
  }

  async stop(): Promise<void> {
    if (!this.#server.listening) return;
    const closed = new Promise((resolve) => this.#server.close(resolve));
    this.#server.closeAllConnections();
    await closed;
  }

  /** Tells every page, and keeps the snapshot true. */
  push(event: CoreEvent): void {
    this.#remember(event);
    for (const stream of this.#streams) stream.write(`data: ${JSON.stringify(event)}\n\n`);
  }

  #remember(event: CoreEvent): void {
    const put = <T extends { id: string }>(items: T[], item: T): T[] =>
      items.some(({ id }) => id === item.id)
        ? items.map((other) => (other.id === item.id ? item : other))
        : [...items, item];
    const drop = <T extends { id: string }>(items: T[], id: string): T[] => items.filter((i) => i.id !== id);
    const now = this.snapshot;
    if (event.type === 'connection') now.connections = put(now.connections, event.connection);
    if (event.type === 'connection-removed') now.connections = drop(now.connections, event.id);
    if (event.type === 'sign-in') now.signIns = put(now.signIns, event.signIn);
    if (event.type === 'sign-in-removed') now.signIns = drop(now.signIns, event.id);
    if (event.type === 'export') now.exports = put(now.exports, event.export);
    if (event.type === 'export-removed') now.exports = drop(now.exports, event.id);
    if (event.type === 'providers') now.providers = event.providers;
    if (event.type === 'status') now.status = event.status;
    if (event.type === 'settings') now.settings = event.settings;
    if (event.type === 'gateway') now.gateway = event.gateway;
    if (event.type === 'held') now.gateway = { ...now.gateway, held: event.held };
    if (event.type === 'grants') this.grants = event.grants;
    if (event.type === 'activity') this.activity = [event.entry, ...this.activity];
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname } = new URL(request.url ?? '/', this.url);
    if (pathname === '/v1/events') {
      response.writeHead(200, { 'Content-Type': 'text/event-stream', 'Cache-Control': 'no-store' });
      response.write(': hello\n\n');
      this.#streams.add(response);
      response.on('close', () => this.#streams.delete(response));
    } else if (pathname.startsWith('/v1/')) {
      await this.#call(pathname.slice(4) as CallName, request, response);
    } else if (pathname === '/authorize') {
      response.writeHead(200, { 'Content-Type': TYPES['.html'] }).end('<title>The provider</title>');
    } else {
      await this.#file(pathname === '/' ? '/index.html' : pathname, response);
    }
  }

  async #call(name: CallName, request: IncomingMessage, response: ServerResponse): Promise<void> {
    let body = '';
    for await (const part of request) body += String(part);
    const input = JSON.parse(body) as never;
    this.calls.push({ name, input });
    const answer = this.answers[name] ?? fakeAnswers(this)[name];
    let reply: FakeReply = { error: { code: 'unsupported', message: `${name} is not faked.` } };
    if (request.headers['x-tokentray'] !== '1') {
      reply = { error: { code: 'forbidden', message: 'no header' } };
    } else if (answer !== undefined) {
      reply = (answer as (input: never) => FakeReply)(input);
    }
    response.writeHead('error' in reply ? 400 : 200, { 'Content-Type': 'application/json' });
    response.end(JSON.stringify('error' in reply ? reply : reply.value));
  }

  async #file(pathname: string, response: ServerResponse): Promise<void> {
    try {
      const content = await readFile(path.join(this.#folder, path.normalize(pathname)));
      response.writeHead(200, {
        'Content-Type': TYPES[path.extname(pathname)] ?? 'application/octet-stream',
        'Content-Security-Policy': CONTENT_SECURITY_POLICY,
        'X-Content-Type-Options': 'nosniff',
      });
      response.end(content);
    } catch {
      response.writeHead(404).end();
    }
  }
}
