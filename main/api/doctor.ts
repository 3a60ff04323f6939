import { aboutFile } from '../../contract/about-file.ts';
import { damagedWords } from '../../contract/damaged.ts';
import type { DoctorFinding } from '../../contract/status.ts';
import { clearFileFindings } from './clear-files-finding.ts';
import { dataFolderFinding, logFinding } from './folder-finding.ts';
import type { Services } from './services.ts';
import { sessionBusFinding } from './session-bus-finding.ts';
import { wayOutFindings } from './way-out-findings.ts';

const finding = (check: string, ok: boolean, message: string, hint?: string): DoctorFinding =>
  hint === undefined || ok ? { check, ok, message } : { check, ok, message, hint };

/** What is wrong and how to fix it, and also what is right, so that a person sees what was checked. */
export async function diagnose(services: Services): Promise<DoctorFinding[]> {
  const { store, registry, connections, exports, clients, imports, gateway, host, app } = services;
  const findings: DoctorFinding[] = [await dataFolderFinding(app.home), await logFinding(app.home)];
  const { fault } = store;
  findings.push(
    fault === null
      ? finding('database', true, 'The database is available.')
      : finding('database', false, fault.message, fault.hint),
  );
  for (const record of store.damaged.list()) {
    const { message, hint } = damagedWords(record);
    findings.push(finding('store', false, message, hint));
  }
  const { status } = store.vault;
  switch (status.state) {
    case 'ready':
      findings.push(
        finding(
          'keychain',
          true,
          store.keySource === null
            ? 'Secrets are encrypted under a key in the system keychain.'
            : `Secrets are encrypted under a key from ${store.keySource}.`,
        ),
      );
      break;
    case 'session-only':
      findings.push(
        finding('keychain', true, 'Session only: secrets are kept in memory until Tokentray exits.'),
      );
      break;
    case 'opening':
      findings.push(
        store.keySource === null
          ? finding(
              'keychain',
              false,
              'Waiting for the keychain.',
              'Look for a window that asks to unlock it.',
            )
          : finding('keychain', false, `Waiting for the key from ${store.keySource}.`),
      );
      break;
    case 'locked':
      findings.push(
        finding(
          'lock',
          false,
          'Tokentray is locked: no credential is given or sent.',
          'Run: tokentray unlock',
        ),
      );
      break;
    case 'unavailable':
      findings.push(finding('keychain', false, status.error.message, status.error.hint));
      break;
  }
  const session = store.keychainSessions && sessionBusFinding(store.keychainSessions, status);
  if (session) findings.push(session);
  for (const problem of registry.problems()) {
    const field = problem.field === null ? '' : ` (${problem.field})`;
    findings.push(
      finding('provider file', false, aboutFile(`${problem.file}${field}`, problem.message), problem.hint),
    );
  }
  const known = connections.list();
  for (const provider of registry.list()) {
    // Of those that Tokentray includes, most people want a few.
    if (
      !provider.needsClient ||
      !['added', 'override'].includes(provider.origin) ||
      known.some((connection) => connection.provider === provider.id) ||
      clients.list(provider.id).length > 0
    )
      continue;
    findings.push(
      finding(
        'OAuth client',
        false,
        `${provider.name} has no OAuth client, so you cannot sign in there with OAuth yet.`,
        `Run: tokentray clients add ${provider.id}`,
      ),
    );
  }
  if (store.settings.get().lockWithScreen && (await host.presence?.tellsScreen()) !== true)
    findings.push(
      finding(
        'lock',
        false,
        'Tokentray should lock with the screen, but nothing here tells when that is locked.',
        'Lock after a while instead: tokentray lock --after-idle 15',
      ),
    );
  if (store.settings.get().refreshingPaused)
    findings.push(
      finding(
        'refreshing',
        false,
        'All refreshing is paused, so tokens will expire.',
        'Run: tokentray resume',
      ),
    );
  for (const { name, status: state, notice } of known) {
    if (notice) findings.push(finding('permissions', false, `${name}: ${notice.message}`, notice.hint));
    if (state.state === 'needs-reconnect') {
      findings.push(finding('connection', false, `${name}: ${state.reason}`, state.hint));
    } else if (state.state === 'offline') {
      findings.push(
        finding(
          'connection',
          false,
          `${name}: ${state.reason}`,
          `Tokentray tries again at ${state.retryAt}.`,
        ),
      );
    } else if (state.state === 'missing-scope') {
      findings.push(
        finding(
          'connection',
          false,
          `${name}: not granted: ${state.scopes.join(' ')}.`,
          `Run: tokentray reconnect "${name}"`,
        ),
      );
    }
  }
  findings.push(...(await wayOutFindings(services)));
  for (const { file, status: state } of exports.list()) {
    if (state.state === 'failed')
      findings.push(finding('env file', false, aboutFile(file, state.error.message), state.error.hint));
  }
  const { gateway: forKeys, mcp } = gateway.view();
  for (const [check, door] of [
    ['gateway', forKeys],
    ['MCP sign-in', mcp],
  ] as const) {
    if (door.fault !== null) findings.push(finding(check, false, door.fault.message, door.fault.hint));
    else if (door.url !== null) findings.push(finding(check, true, `It listens at ${door.url}.`));
  }
  findings.push(...clearFileFindings(await imports.clearFiles()));
  return findings;
}
