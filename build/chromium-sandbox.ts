import { readFileSync, readdirSync, statSync } from 'node:fs';
import path from 'node:path';

/** What decides on Linux whether Chromium can put its pages into a sandbox; null: the system has no such setting. */
export interface ChromiumSandboxFacts {
  /** `kernel.apparmor_restrict_unprivileged_userns`: 1 from Ubuntu 23.10 on. */
  apparmorRestrictsUserNamespaces: string | null;
  /** `kernel.unprivileged_userns_clone`: 0 on Debian before 11. */
  unprivilegedUserNamespaces: string | null;
  /** `user.max_user_namespaces`: 0 on hardened systems. */
  maxUserNamespaces: string | null;
  /** An AppArmor profile names the program, so the restriction may not hold for it. */
  profiled: boolean;
  /** The alternative: a helper program that belongs to root and runs as root. */
  helper: { file: string; uid: number; mode: number } | null;
}

/**
 * Why Chromium would abort at its start, with what to do about it; null where nothing prevents it. Pure. It tries user namespaces,
 * then the helper (`zygote_host_impl_linux.cc` and `setuid_sandbox_host.cc` in Chromium's source).
 */
export function sandboxObstacle(facts: ChromiumSandboxFacts): { reason: string; remedy: string } | null {
  const setting = blockedBy(facts);
  if (setting === null) return null;
  const { helper } = facts;
  if (helper === null) {
    return {
      reason: `Chromium’s sandbox cannot work here: this system does not let programs of an ordinary user create user namespaces (${setting}).`,
      remedy: `Ask whoever runs this system to change that, or use the browser host.`,
    };
  }
  if (helper.uid === 0 && (helper.mode & 0o4001) === 0o4001) return null;
  const file = `'${helper.file.replaceAll("'", String.raw`'\''`)}'`;
  return {
    reason: `Chromium’s sandbox cannot work here: this system does not let programs of an ordinary user create user namespaces (${setting}), and Chromium’s own helper is not set up.`,
    remedy: `For the desktop app, set the helper up once, then start again:\n  sudo chown root:root ${file} && sudo chmod 4755 ${file}`,
  };
}

function blockedBy(facts: ChromiumSandboxFacts): string | null {
  if (facts.maxUserNamespaces === '0') return 'user.max_user_namespaces is 0';
  if (facts.unprivilegedUserNamespaces === '0') return 'kernel.unprivileged_userns_clone is 0';
  if (facts.apparmorRestrictsUserNamespaces === '1' && !facts.profiled)
    return 'kernel.apparmor_restrict_unprivileged_userns is 1';
  return null;
}

/** Reads the facts for a program of Electron; `root` is where the system's folders begin. */
export function readSandboxFacts(
  program: string,
  env: Readonly<Record<string, string | undefined>>,
  root = '/',
): ChromiumSandboxFacts {
  const setting = (name: string): string | null =>
    readText(path.join(root, 'proc/sys', name))?.trim() ?? null;
  return {
    apparmorRestrictsUserNamespaces: setting('kernel/apparmor_restrict_unprivileged_userns'),
    unprivilegedUserNamespaces: setting('kernel/unprivileged_userns_clone'),
    maxUserNamespaces: setting('user/max_user_namespaces'),
    profiled: profilesName(program, path.join(root, 'etc/apparmor.d')),
    // The variable counts only where no helper comes with the program.
    helper:
      helperAt(path.join(path.dirname(program), 'chrome-sandbox')) ?? helperAt(env['CHROME_DEVEL_SANDBOX']),
  };
}

/** Only root can read which profiles are loaded, so this checks whether a profile file names the program. */
function profilesName(program: string, folder: string): boolean {
  try {
    return readdirSync(folder, { withFileTypes: true })
      .filter((entry) => entry.isFile())
      .some((entry) => {
        const text = readText(path.join(folder, entry.name)) ?? '';
        return text.includes(program) || text.includes('/electron/dist/electron');
      });
  } catch {
    return false;
  }
}

function helperAt(file: string | undefined): ChromiumSandboxFacts['helper'] {
  const found = file ? statSync(file, { throwIfNoEntry: false }) : undefined;
  return file && found ? { file, uid: found.uid, mode: found.mode } : null;
}

function readText(file: string): string | null {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return null;
  }
}
