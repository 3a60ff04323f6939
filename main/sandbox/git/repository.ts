import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Disposable } from '../../lib/disposable.ts';
import { text, type Stream } from '../exchange.ts';
import { runCgi } from './cgi.ts';

/** A request below a repository's address. */
export interface GitRequest {
  /** `info/refs`, `git-upload-pack` or `git-receive-pack`. */
  resource: string;
  /** Without its `?`. */
  query: string;
  /** Who pushes. */
  user: string;
}

const FOLDER = 'repository.git';

/** One commit, in the form of git-fast-import(1). */
const FIRST_COMMIT = `commit refs/heads/main
committer Ana Keller <ana@acme.example> 1790000000 +0000
data 6
Start

M 644 inline README.md
data 28
# Tray

A small repository.

`;

/**
 * A small repository that the git of this machine serves over HTTP. It is created by the first request, in a folder of its
 * own, and is gone with the sandbox.
 */
export class GitRepository implements Disposable {
  #created: Promise<string | null> | null = null;
  #folder: string | null = null;

  stream(request: GitRequest): Stream {
    return async (incoming, response) => {
      const root = await (this.#created ??= this.#create());
      if (root === null) {
        const { status, headers, body } = text(
          501,
          'The sandbox found no git to serve the repository with.\n',
        );
        response.writeHead(status, headers).end(body);
      } else await serve(root, request, incoming, response);
    };
  }

  dispose(): void {
    if (this.#folder !== null) rmSync(this.#folder, { recursive: true, force: true });
  }

  /** Null: git is not installed, or is too old. */
  async #create(): Promise<string | null> {
    const root = mkdtempSync(path.join(tmpdir(), 'tokentray-sandbox-git-'));
    this.#folder = root;
    const inside = (...args: string[]): string[] => ['--git-dir', path.join(root, FOLDER), ...args];
    const done =
      (await git(root, ['init', '--quiet', '--bare', path.join(root, FOLDER)])) &&
      (await git(root, inside('symbolic-ref', 'HEAD', 'refs/heads/main'))) &&
      (await git(root, inside('config', 'http.receivepack', 'true'))) &&
      (await git(root, inside('fast-import', '--quiet'), FIRST_COMMIT));
    return done ? root : null;
  }
}

/** Nothing of the person's own settings, so that it is the same everywhere. */
const environment = (root: string): NodeJS.ProcessEnv => ({
  PATH: process.env['PATH'],
  ...(process.env['SystemRoot'] !== undefined && { SystemRoot: process.env['SystemRoot'] }),
  HOME: root,
  GIT_CONFIG_NOSYSTEM: '1',
});

function git(root: string, args: readonly string[], input = ''): Promise<boolean> {
  return new Promise((resolve) => {
    const child = spawn('git', args, { env: environment(root), stdio: ['pipe', 'ignore', 'ignore'] });
    child.on('error', () => {
      resolve(false);
    });
    child.on('close', (code) => {
      resolve(code === 0);
    });
    child.stdin.on('error', () => undefined);
    child.stdin.end(input);
  });
}

/** As git-http-backend(1) wants it from a web server. */
function serve(
  root: string,
  { resource, query, user }: GitRequest,
  incoming: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { headers } = incoming;
  const variables: Record<string, string | undefined> = {
    GIT_PROJECT_ROOT: root,
    GIT_HTTP_EXPORT_ALL: '1',
    GIT_PROTOCOL: headers['git-protocol']?.toString(),
    REQUEST_METHOD: incoming.method,
    PATH_INFO: `/${FOLDER}/${resource}`,
    QUERY_STRING: query,
    CONTENT_TYPE: headers['content-type'],
    // Absent for a body in chunks: then it reads to the end.
    CONTENT_LENGTH: headers['content-length'],
    HTTP_CONTENT_ENCODING: headers['content-encoding'],
    REMOTE_USER: user,
    REMOTE_ADDR: '127.0.0.1',
  };
  return runCgi('git', ['http-backend'], { ...environment(root), ...variables }, incoming, response);
}
