import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.json': 'application/json',
};

export interface StaticFile {
  type: string;
  body: Buffer;
  gzipped: Buffer | null;
  /** Files with a hash in their name never change. */
  immutable: boolean;
}

/** Serves only files that were in the folder at the first request: no path from outside ever reaches the file system. */
export class StaticFiles {
  readonly #folder: string;
  readonly #files = new Map<string, StaticFile>();
  #names: ReadonlySet<string> | null = null;

  constructor(folder: string) {
    this.#folder = folder;
  }

  /** The file for a URL path such as `/assets/index-1a2b.js`; null if there is none. */
  get(urlPath: string): StaticFile | null {
    this.#names ??= new Set(listFiles(this.#folder));
    const name = urlPath === '/' ? 'index.html' : urlPath.slice(1);
    const type = TYPES[path.extname(name)];
    if (type === undefined || !this.#names.has(name)) return null;
    const known = this.#files.get(name);
    if (known) return known;
    const body = readFileSync(path.join(this.#folder, name));
    // Loaded with the first file, because loading it takes a tenth of the start-up time.
    const { gzipSync } = process.getBuiltinModule('node:zlib');
    const gzipped = /^text|json|svg/.test(type) && body.length > 1024 ? gzipSync(body) : null;
    const file = { type, body, gzipped, immutable: name.startsWith('assets/') };
    this.#files.set(name, file);
    return file;
  }
}

function listFiles(folder: string): string[] {
  try {
    return readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) =>
        path.relative(folder, path.join(entry.parentPath, entry.name)).split(path.sep).join('/'),
      );
  } catch {
    return [];
  }
}
