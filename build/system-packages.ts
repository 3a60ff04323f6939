import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import process from 'node:process';

const HEADLESS_SHELL = 'chromium-headless-shell';

/** What the tests need: files that show that it is installed, and the Debian package that contains them. */
const NEEDS: readonly (readonly [files: readonly string[], name: string])[] = [
  [['/usr/bin/chromium-headless-shell'], HEADLESS_SHELL],
  [['/usr/bin/dbus-daemon'], 'dbus'],
  [['/usr/bin/dbus-run-session'], 'dbus-daemon'],
  [['/usr/bin/gnome-keyring-daemon'], 'gnome-keyring'],
  [['/usr/bin/secret-tool'], 'libsecret-tools'],
  [['/usr/bin/cc'], 'gcc'],
  [['/usr/include/stdio.h'], 'libc6-dev'],
  [['/usr/bin/strace'], 'strace'],
  [['/usr/bin/git'], 'git'],
  [['/usr/bin/curl'], 'curl'],
  [['/usr/sbin/sshd'], 'openssh-server'],
  [['/usr/bin/ssh'], 'openssh-client'],
  [['/usr/bin/dash'], 'dash'],
  [['/usr/bin/fish'], 'fish'],
  [['/usr/bin/direnv'], 'direnv'],
  [['/usr/lib/systemd/user-environment-generators/30-systemd-environment-d-generator'], 'systemd'],
  [['/usr/bin/java'], 'default-jdk-headless'],
  [['/usr/lib/python3/dist-packages/yaml/__init__.py'], 'python3-yaml'],
  [['/usr/bin/sway'], 'sway'],
  [['/usr/bin/tmux'], 'tmux'],
  [['/usr/bin/wl-paste'], 'wl-clipboard'],
  [['/usr/bin/zsh', '/bin/zsh'], 'zsh'],
  [['/usr/bin/script'], 'bsdutils'],
  [['/usr/bin/python3'], 'python3'],
  [['/usr/lib/python3/dist-packages/dotenv/__init__.py'], 'python3-dotenv'],
  [['/usr/share/fonts/truetype/liberation'], 'fonts-liberation'],
  [['/usr/share/fonts/truetype/noto/NotoColorEmoji.ttf'], 'fonts-noto-color-emoji'],
];

/** On Debian as root, installs what is missing; elsewhere reports what is missing and continues. */
export function installSystemPackages(): void {
  if (process.platform !== 'linux') return;
  const missing = NEEDS.filter(([files]) => !files.some((file) => existsSync(file))).map(([, name]) => name);
  if (missing.length === 0) return;
  if (!existsSync('/usr/bin/apt-get') || process.getuid?.() !== 0) {
    console.error(
      `Missing on this system: ${missing.join(', ')} (Debian package names). Install them if something fails.`,
    );
    return;
  }
  console.error(`Installing system packages (once): ${missing.join(', ')} …`);
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const apt = (...args: string[]): boolean =>
    spawnSync('apt-get', ['-qq', ...args], { stdio: ['ignore', 'ignore', 'inherit'], env }).status === 0;
  const install = (): boolean => apt('install', '-y', '--no-install-recommends', ...missing);
  if (install() || (apt('update') && install())) return;
  // One that this release does not have keeps all of them out.
  const packages = missing.flatMap((name) => (name === HEADLESS_SHELL ? [name, 'chromium'] : [name]));
  for (const name of packages) apt('install', '-y', '--no-install-recommends', name);
  if (NEEDS.every(([files]) => files.some((file) => existsSync(file)))) return;
  console.error('Some packages could not be installed; whatever needs them will report it.');
}
