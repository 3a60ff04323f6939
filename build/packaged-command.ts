import { chmodSync, cpSync, mkdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { ROOT } from './bundle.ts';

/** What `electron-builder.yml` puts into the folder `bin` of a package. */
const BIN = path.join(ROOT, 'out', 'bin');
const ARCHITECTURES = ['x64', 'ia32', 'armv7l', 'arm64', 'universal'];

/** Whether packages with these options of electron-builder are for another kind of machine than this one. Pure. */
export function isForOthers(options: readonly string[], { platform, arch }: Machine): boolean {
  const own: Partial<Record<string, string>> = { linux: '--linux -l', darwin: '--mac -m', win32: '--win -w' };
  const platforms = options.filter((option) => /^(--linux|--mac|--win|-[lmw])$/.test(option));
  const architectures = options.filter((option) => ARCHITECTURES.includes(option.replace(/^--/, '')));
  return (
    platforms.some((option) => !own[platform]?.split(' ').includes(option)) ||
    architectures.some((option) => option !== `--${arch}`)
  );
}

type Machine = Pick<NodeJS.Process, 'platform' | 'arch'>;

/** Puts the commands of a package together: the compiled ones run only on a machine of this kind. */
export function preparePackagedCommand(options: readonly string[]): void {
  rmSync(BIN, { recursive: true, force: true });
  mkdirSync(BIN);
  if (!isForOthers(options, process)) {
    cpSync(path.join(ROOT, 'out', 'native'), BIN, { recursive: true });
    return;
  }
  const command = path.join(BIN, 'tokentray');
  cpSync(path.join(ROOT, 'build', 'command', 'tokentray'), command);
  chmodSync(command, 0o755);
}
