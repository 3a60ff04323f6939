import { describe, expect, it } from 'vitest';
import type { DesktopModel } from '../../../../main/hosts/electron/desktop-model.ts';
import { trayState } from '../../../../main/hosts/electron/tray-state.ts';
import { aConsent, consentId } from '../../../fakes/consent-data.ts';
import { aHeld } from '../../../fakes/gateway-data.ts';
import { aConnection, anExport } from '../../../fakes/window-data.ts';
import { NOW, STATES, aModel } from './a-model.ts';

const connection = (n: number, status: keyof typeof STATES): ReturnType<typeof aConnection> =>
  aConnection(n, NOW, { name: `c${n}`, status: STATES[status] });

const failedExport = anExport(1, NOW, {
  status: {
    state: 'failed',
    since: STATES.paused.since,
    error: { code: 'io', message: 'Permission denied.' },
  },
});

const withKeychain = (model: DesktopModel): DesktopModel => ({
  ...model,
  status: {
    ...model.status,
    keychain: { state: 'unavailable', error: { code: 'keychain-locked', message: 'Locked.' } },
  },
});

describe('trayState', () => {
  it.each<[string, DesktopModel, string, string]>([
    ['nothing yet', aModel(), 'normal', 'No accounts connected'],
    [
      'all well',
      aModel({ connections: [connection(1, 'connected'), connection(2, 'refreshing')] }),
      'normal',
      'Connected',
    ],
    [
      'offline',
      aModel({ connections: [connection(1, 'connected'), connection(2, 'offline')] }),
      'normal',
      'Offline, retrying',
    ],
    [
      'answered with an error',
      aModel({ connections: [connection(1, 'connected'), connection(2, 'retrying')] }),
      'normal',
      'Retrying',
    ],
    [
      'one gone',
      aModel({ connections: [connection(1, 'connected'), connection(2, 'gone')] }),
      'attention',
      '“c2” needs reconnecting',
    ],
    [
      'its app registration',
      aModel({ connections: [connection(1, 'misconfigured')] }),
      'attention',
      '“c1” needs fixing',
    ],
    ['the key', aModel({ connections: [connection(1, 'keyLost')] }), 'attention', '“c1” needs fixing'],
    [
      'two gone',
      aModel({ connections: [connection(1, 'gone'), connection(2, 'gone')] }),
      'attention',
      '2 connections need attention',
    ],
    [
      'all that need attention are counted, as in the window',
      aModel({ connections: [connection(1, 'scope'), connection(2, 'gone')] }),
      'attention',
      '2 connections need attention',
    ],
    [
      'a scope',
      aModel({ connections: [connection(1, 'scope')] }),
      'attention',
      '“c1” is missing a permission',
    ],
    ['expiring', aModel({ connections: [connection(1, 'expiring')] }), 'attention', '“c1” expires in 3 days'],
    [
      'an export',
      aModel({ connections: [connection(1, 'connected')], exports: [failedExport] }),
      'attention',
      '1 file not written',
    ],
    [
      'an export besides a connection',
      aModel({ connections: [connection(1, 'gone')], exports: [failedExport] }),
      'attention',
      '“c1” needs reconnecting · 1 file not written',
    ],
    [
      'two exports',
      aModel({ exports: [failedExport, { ...failedExport, id: anExport(2, NOW).id }] }),
      'attention',
      '2 files not written',
    ],
    [
      'the keychain before all',
      withKeychain(aModel({ connections: [connection(1, 'gone')] })),
      'attention',
      'The keychain can’t be read',
    ],
    [
      'paused as a whole',
      aModel({ connections: [connection(1, 'connected')], settings: { refreshingPaused: true } }),
      'paused',
      'Refreshing is paused',
    ],
    [
      'paused one by one',
      aModel({ connections: [connection(1, 'paused')] }),
      'paused',
      'Every connection is paused',
    ],
    [
      'one of two paused',
      aModel({ connections: [connection(1, 'paused'), connection(2, 'connected')] }),
      'normal',
      'Connected',
    ],
    [
      'a request that waits, before all',
      withKeychain(aModel({ connections: [connection(1, 'gone')], held: [aHeld(1, NOW)] })),
      'attention',
      '“triage bot” waits for your decision',
    ],
    [
      'several requests',
      aModel({ held: [aHeld(1, NOW), aHeld(2, NOW)] }),
      'attention',
      '2 requests wait for your decision',
    ],
    [
      'a client that waits for consent, before the keychain',
      withKeychain(aModel({ consents: [aConsent()] })),
      'attention',
      '“Claude Code” wants to sign in',
    ],
    [
      'several clients',
      aModel({ consents: [aConsent(), aConsent({ id: consentId(2) })] }),
      'attention',
      '2 programs want to sign in',
    ],
    [
      'a request before a client: it is over sooner',
      aModel({ held: [aHeld(1, NOW)], consents: [aConsent()] }),
      'attention',
      '“triage bot” waits for your decision',
    ],
    [
      'gone though paused',
      aModel({ connections: [connection(1, 'gone')], settings: { refreshingPaused: true } }),
      'attention',
      '“c1” needs reconnecting',
    ],
  ])('%s', (_, model, icon, words) => {
    expect(trayState(model, NOW)).toEqual({ icon, words });
  });
});
