/** Variables that make Node or Electron run other code, open a debugger, or write data to a file or a stream. */
const REMOVED = new Set([
  'ELECTRON_RUN_AS_NODE',
  'NODE_DEBUG',
  'NODE_DEBUG_NATIVE',
  'NODE_INSPECT_RESUME_ON_START',
  'NODE_REPL_EXTERNAL_MODULE',
  'NODE_V8_COVERAGE',
  'VSCODE_INSPECTOR_OPTIONS',
]);

/** Node options for reaching the network, which apply to every program of this user. */
const KEPT_OPTION = /^--(use-(system|openssl|bundled)-ca|use-env-proxy|dns-result-order=\w+)$/;

/**
 * The environment for our own Node or Electron processes, without what the caller's shell meant for other programs: a
 * preload with a relative path, `--inspect`, `ELECTRON_RUN_AS_NODE`. Certificates and proxies stay. Never use it for a
 * command that a person runs. Pure. (nodejs.org/api/cli.html#environment-variables)
 */
export function childEnvironment(
  env: Readonly<Record<string, string | undefined>>,
): Record<string, string | undefined> {
  const cleaned: Record<string, string | undefined> = {};
  for (const [name, value] of Object.entries(env)) {
    // Names are case-insensitive on Windows.
    const known = name.toUpperCase();
    if (REMOVED.has(known)) continue;
    if (known !== 'NODE_OPTIONS') {
      cleaned[name] = value;
      continue;
    }
    const options = (value ?? '').split(/\s+/).filter((option) => KEPT_OPTION.test(option));
    if (options.length > 0) cleaned[name] = options.join(' ');
  }
  return cleaned;
}
