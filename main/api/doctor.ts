import { aboutFile } from '../../contract/about-file.ts';
import { damagedWords } from '../../contract/damaged.ts';
import type { Failure } from '../../contract/errors.ts';
import type { DoctorFinding } from '../../contract/status.ts';
import { clearFileFindings } from './clear-files-finding.ts';
import { inTime } from './finding-in-time.ts';
import { connectionWord } from '../refresh/advice.ts';
import { dataFolderFinding, logFinding } from './folder-finding.ts';
import type { Services } from './services.ts';
import { sessionBusFinding } from './session-bus-finding.ts';
import { wayOutFindings } from './way-out-findings.ts';

const finding = (check: string, ok: boolean, message: string, hint?: string): DoctorFinding =>
  hint === undefined || ok ? { check, ok, message } : { check, ok, message, hint };

/** A failure as a finding, with what the system said. */
const failed = (check: string, { message, hint, detail }: Failure): DoctorFinding => ({
  ...finding(check, false, message, hint),
  ...(detail !== undefined && { detail }),
});

/** What is wrong and how to fix it, and also what is right, so that a person sees what was checked. */
export async function diagnose(services: Services): Promise<DoctorFinding[]> {
  const { store, registry, connections, exports, clients, imports, gateway, host, app, clock } = services;
  const one = async (found: Promise<DoctorFinding>): Promise<DoctorFinding[]> => [await found];
  const disk = 'Check the disk, or a network folder in its way, and try again.';
  const [folder, log, screen, wayOut, clear] = await Promise.all([
    inTime(
      clock,
      'data folder',
      { what: `The data folder ${app.home}`, hint: disk },
      one(dataFolderFinding(app.home)),
    ),
    inTime(clock, 'log', { what: 'The log file', hint: disk }, one(logFinding(app.home))),
    inTime(
      clock,
      'lock',
      {
        what: 'Whether the screen is locked',
        hint: 'Log out and in again. Until then, lock after a while: tokentray lock --after-idle 15',
      },
      screenFindings(),
    ),
    inTime(
      clock,
      'network',
      { what: 'The network', hint: 'Check the connection and the proxy, and try again.' },
      wayOutFindings(services),
    ),
    inTime(clock, 'tokens in the clear', { what: 'Files of other programs', hint: disk }, clearFindings()),
  ]);
  const findings: DoctorFinding[] = [...folder, ...log];
  const { fault } = store;
  findings.push(
    fault === null ? finding('database', true, 'The database is available.') : failed('database', fault),
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
      findings.push(failed('keychain', status.error));
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
  findings.push(...screen);
  if (store.settings.get().refreshingPaused)
    findings.push(
      finding(
        'refreshing',
        false,
        'All refreshing is paused, so tokens will expire.',
        'Run: tokentray resume',
      ),
    );
  for (const { id, name, status: state, notice } of known) {
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
          `Run: tokentray reconnect ${connectionWord({ id, name })}`,
        ),
      );
    }
  }
  findings.push(...wayOut);
  for (const { file, status: state } of exports.list()) {
    if (state.state === 'failed')
      findings.push(failed('env file', { ...state.error, message: aboutFile(file, state.error.message) }));
  }
  const { gateway: forKeys, mcp } = gateway.view();
  for (const [check, door] of [
    ['gateway', forKeys],
    ['MCP sign-in', mcp],
  ] as const) {
    if (door.fault !== null) findings.push(failed(check, door.fault));
    else if (door.url !== null) findings.push(finding(check, true, `It listens at ${door.url}.`));
  }
  findings.push(...clear);
  return findings;

  async function screenFindings(): Promise<DoctorFinding[]> {
    if (!store.settings.get().lockWithScreen || (await host.presence?.tellsScreen()) === true) return [];
    return [
      finding(
        'lock',
        false,
        'Tokentray should lock with the screen, but nothing here tells when that is locked.',
        'Lock after a while instead: tokentray lock --after-idle 15',
      ),
    ];
  }

  async function clearFindings(): Promise<DoctorFinding[]> {
    return clearFileFindings(await imports.clearFiles());
  }
}
