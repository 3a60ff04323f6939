import { spawn } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { connect, createServer } from 'node:net';
import path from 'node:path';
import process from 'node:process';
import { Emitter } from '../../../lib/emitter.ts';
import type { ProgramPorts } from './ports.ts';

/** What a program needs of the environment to run at all; nothing that could hold a credential, apart from proxies. */
const KEPT =
  /^(?:PATH|HOME|USER|LOGNAME|SHELL|LANG|LC_\w+|TZ|TMPDIR|TEMP|TMP|XDG_\w+|UV_\w+|https?_proxy|no_proxy|all_proxy|SSL_CERT_(?:FILE|DIR)|REQUESTS_CA_BUNDLE|SYSTEMROOT|SYSTEMDRIVE|COMSPEC|PATHEXT|WINDIR|APPDATA|LOCALAPPDATA|PROGRAMDATA|PROGRAMFILES|USERPROFILE)$/i;

/** Programs of this machine, for `env` of this process. */
export const systemPrograms = (env: Readonly<Record<string, string | undefined>>): ProgramPorts => ({
  start: (commands, args, environment) => {
    for (const [name = '', ...first] of commands) {
      const file = find(name, env);
      if (file === null) continue;
      const kept = Object.entries(env).filter(([variable]) => KEPT.test(variable));
      const child = spawn(file, [...first, ...args], {
        env: { ...Object.fromEntries(kept), ...environment },
        stdio: 'ignore',
        windowsHide: true,
        // A group of its own, so that what it starts ends with it.
        detached: process.platform !== 'win32',
      });
      const exited = new Emitter<void>();
      let isOver = false;
      const over = (): void => {
        if (isOver) return;
        isOver = true;
        exited.emit();
      };
      child.once('exit', over);
      child.once('error', over);
      return {
        onExit: exited.event,
        end: () => {
          if (child.pid === undefined || isOver) return;
          try {
            if (process.platform === 'win32') child.kill();
            else process.kill(-child.pid, 'SIGTERM');
          } catch {
            // It has ended in this moment.
          }
        },
      };
    }
    return null;
  },
  freePort: () =>
    new Promise((resolve, reject) => {
      const server = createServer();
      server.once('error', reject);
      server.listen(0, '127.0.0.1', () => {
        const address = server.address();
        server.close(() => {
          if (typeof address === 'object' && address !== null) resolve(address.port);
          else reject(new Error('no port'));
        });
      });
    }),
  listens: (port) =>
    new Promise((resolve) => {
      const socket = connect({ host: '127.0.0.1', port });
      socket.once('connect', () => {
        socket.destroy();
        resolve(true);
      });
      socket.once('error', () => {
        resolve(false);
      });
    }),
});

function find(name: string, env: Readonly<Record<string, string | undefined>>): string | null {
  if (path.isAbsolute(name)) return isProgram(name) ? name : null;
  const folders = (env['PATH'] ?? env['Path'] ?? '')
    .split(path.delimiter)
    .filter((each) => path.isAbsolute(each));
  const endings = process.platform === 'win32' ? ['.exe', '.cmd'] : [''];
  const files = folders.flatMap((folder) => endings.map((ending) => path.join(folder, name + ending)));
  return files.find(isProgram) ?? null;
}

function isProgram(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
