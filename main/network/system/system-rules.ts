import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { homeFolder } from '../../lib/home-folder.ts';
import { NO_RULES, type ProxyRules } from '../proxy-rules.ts';
import { parseGnomeProxy } from './parse-gnome.ts';
import { parseKdeProxy } from './parse-kde.ts';
import { parseMacProxy } from './parse-macos.ts';
import { parseWindowsProxy } from './parse-windows.ts';

export interface SystemPorts {
  platform: string;
  env: Readonly<Record<string, string | undefined>>;
  /** What a program prints; rejects when it fails or is not there. */
  run: (program: string, args: readonly string[]) => Promise<string>;
  readText: (file: string) => Promise<string>;
}

const INTERNET_SETTINGS = String.raw`HKCU\Software\Microsoft\Windows\CurrentVersion\Internet Settings`;

/** The proxy settings of the desktop or the system; none where they cannot be read. Never rejects. */
export async function systemRules(ports: SystemPorts = realPorts()): Promise<ProxyRules> {
  try {
    return await readRules(ports);
  } catch {
    return NO_RULES;
  }
}

async function readRules({ platform, env, run, readText }: SystemPorts): Promise<ProxyRules> {
  if (platform === 'darwin') return parseMacProxy(await run('/usr/sbin/scutil', ['--proxy']));
  if (platform === 'win32') {
    const reg = path.win32.join(env['SystemRoot'] ?? String.raw`C:\Windows`, 'System32', 'reg.exe');
    return parseWindowsProxy(await run(reg, ['query', INTERNET_SETTINGS]));
  }
  if (/(?:^|:)KDE(?:$|:)/i.test(env['XDG_CURRENT_DESKTOP'] ?? '')) {
    const folder = env['XDG_CONFIG_HOME'] ?? path.join(env['HOME'] ?? homeFolder(), '.config');
    return parseKdeProxy(await readText(path.join(folder, 'kioslaverc')), env);
  }
  return parseGnomeProxy(await run('gsettings', ['list-recursively', 'org.gnome.system.proxy']));
}

const realPorts = (): SystemPorts => ({
  platform: process.platform,
  env: process.env,
  run: (program, args) =>
    new Promise((resolve, reject) => {
      execFile(
        program,
        args,
        { timeout: 3000, maxBuffer: 1 << 20, encoding: 'utf8', windowsHide: true },
        (fault, stdout) => {
          if (fault === null) resolve(stdout);
          else reject(fault instanceof Error ? fault : new Error('it could not be run'));
        },
      );
    }),
  readText: (file) => readFile(file, 'utf8'),
});
