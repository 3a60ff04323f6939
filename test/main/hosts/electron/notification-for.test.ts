import { describe, expect, it } from 'vitest';
import type { ConnectionView } from '../../../../contract/connection.ts';
import type { CoreEvent } from '../../../../contract/events.ts';
import { applyEvent, type DesktopModel } from '../../../../main/hosts/electron/desktop-model.ts';
import { expiryMark, notificationFor } from '../../../../main/hosts/electron/notification-for.ts';
import { aConsent, consentId } from '../../../fakes/consent-data.ts';
import { aHeld, aProgramHeld, emptyGateway } from '../../../fakes/gateway-data.ts';
import { aConnection, anExport, connectionId } from '../../../fakes/window-data.ts';
import { NOW, STATES, aModel, inHours } from './a-model.ts';

const one = (status: ConnectionView['status'], n = 1): ConnectionView =>
  aConnection(n, NOW, { name: `c${n}`, status });

const told = (before: DesktopModel, event: CoreEvent): ReturnType<typeof notificationFor> =>
  notificationFor(event, before, applyEvent(before, event));

const toConnection = (connection: ConnectionView): CoreEvent => ({ type: 'connection', connection });

describe('a connection', () => {
  it.each(['connected', 'refreshing', 'offline', 'paused'] as const)(
    'that was %s and is gone is told of',
    (state) => {
      expect(told(aModel({ connections: [one(STATES[state])] }), toConnection(one(STATES.gone)))).toEqual({
        kind: 'needs-reconnect',
        title: '“c1” needs reconnecting',
        body: expect.stringContaining('sign in again') as string,
        target: { view: 'connect', reconnect: connectionId(1) },
      });
    },
  );

  it.each([
    ['api-token', 'token'],
    ['api-key', 'key'],
    ['basic', 'password'],
  ] as const)('with a pasted secret asks for the new one, and opens no browser: %s', (method, noun) => {
    const gone = (n: number) => ({ ...one(STATES.gone, n), method });
    expect(told(aModel({ connections: [one(STATES.connected)] }), toConnection(gone(1)))).toMatchObject({
      title: `“c1” needs a new ${noun}`,
      body: `Ended. Click to enter a new ${noun}.`,
    });
    const before = aModel({ connections: [one(STATES.gone), one(STATES.connected, 2)] });
    expect(told(before, toConnection(gone(2)))).toMatchObject({ title: '2 connections need attention' });
  });

  it('whose app registration is wrong says so, not to sign in again', () => {
    expect(
      told(aModel({ connections: [one(STATES.connected)] }), toConnection(one(STATES.misconfigured))),
    ).toMatchObject({
      title: '“c1” needs fixing',
      body: 'The client secret is wrong.',
      target: { view: 'connection' },
    });
  });

  it('whose key is lost says so, once for all of them, and not to sign in again', () => {
    const before = aModel({ connections: [one(STATES.connected), one(STATES.gone, 2)] });
    const first = toConnection(one(STATES.keyLost));
    expect(told(before, first)).toEqual({
      kind: 'needs-reconnect',
      title: 'Saved tokens can’t be read',
      body: 'The key is gone. Click to see how to fix it.',
      target: { view: 'connection', connection: connectionId(1) },
    });
    expect(told(applyEvent(before, first), toConnection(one(STATES.keyLost, 3)))).toBeNull();
  });

  it('is counted with others without claiming that one fix helps all of them', () => {
    const before = aModel({ connections: [one(STATES.misconfigured), one(STATES.connected, 2)] });
    expect(told(before, toConnection(one(STATES.gone, 2)))).toMatchObject({
      title: '2 connections need attention',
    });
  });

  it('is reported once', () => {
    expect(told(aModel({ connections: [one(STATES.gone)] }), toConnection(one(STATES.gone)))).toBeNull();
  });

  it('is counted with others that are gone', () => {
    const before = aModel({ connections: [one(STATES.gone), one(STATES.connected, 2)] });
    expect(told(before, toConnection(one(STATES.gone, 2)))).toMatchObject({
      title: '2 connections need reconnecting',
      target: { view: 'connections' },
    });
  });

  it('that a user is signing in to is not reported', () => {
    const signingIn = one({ state: 'connecting', signIn: 's1' as never });
    expect(told(aModel({ connections: [signingIn] }), toConnection(one(STATES.gone)))).toBeNull();
  });

  it.each(['connected', 'refreshing', 'offline', 'paused', 'scope', 'expiring'] as const)(
    'that is %s is no news',
    (state) => {
      expect(
        told(aModel({ connections: [one(STATES.connected)] }), toConnection(one(STATES[state]))),
      ).toBeNull();
    },
  );
});

describe('an env file', () => {
  const failed = anExport(1, NOW, {
    file: '/home/ana/x/.env',
    status: { state: 'failed', since: inHours(0), error: { code: 'io', message: 'Permission denied.' } },
  });

  it('that was not written is reported once', () => {
    const before = aModel({ exports: [anExport(1, NOW)] });
    const event: CoreEvent = { type: 'export', export: failed };
    expect(told(before, event)).toMatchObject({
      kind: 'export-failed',
      body: '~/x/.env: Permission denied.',
      target: { view: 'exports' },
    });
    expect(told(applyEvent(before, event), event)).toBeNull();
  });
});

describe('a request that waits', () => {
  const held = [aHeld(1, NOW), aHeld(2, NOW)];
  const [first] = held;

  it('is told of once, with what it would do', () => {
    const before = aModel();
    const event: CoreEvent = { type: 'held', held: held.slice(0, 1) };
    expect(told(before, event)).toEqual({
      kind: 'held',
      title: '“triage bot” waits for your decision',
      body: 'Create an issue in ABC: “Printer 1 is on fire” (“acme”). Click to allow or refuse it.',
      target: { view: 'gateway' },
    });
    const after = applyEvent(before, event);
    expect(told(after, event)).toBeNull();
    expect(
      told(after, { type: 'gateway', gateway: { ...emptyGateway(), held: held.slice(0, 1) } }),
    ).toBeNull();
  });

  it('is counted with others, and the newest is told', () => {
    expect(
      told(aModel({ held: [first!] }), { type: 'gateway', gateway: { ...emptyGateway(), held } }),
    ).toMatchObject({
      title: '2 requests wait for your decision',
      body: expect.stringContaining('Printer 2') as string,
    });
  });

  it('of a program says what started it', () => {
    expect(told(aModel(), { type: 'held', held: [aProgramHeld(1, NOW)] })).toMatchObject({
      title: '“deploy.mjs” waits for your decision',
      body: 'Get the access token (“acme”), started by bash in gnome-terminal. Click to allow or refuse it.',
    });
  });

  it('that was decided is no news', () => {
    expect(told(aModel({ held }), { type: 'held', held: [first!] })).toBeNull();
  });
});

describe('a client that waits for consent', () => {
  const consents = [
    aConsent(),
    aConsent({ id: consentId(2), clientName: null, clientHost: 'agent.example' }),
  ];

  it('is told of once, and a click opens its dialog', () => {
    const event: CoreEvent = { type: 'consents', consents: consents.slice(0, 1) };
    expect(told(aModel(), event)).toEqual({
      kind: 'consent',
      title: '“Claude Code” wants to sign in',
      body: '“Claude Code” wants to use Atlassian Rovo with “acme”. Click to see what it asks for.',
      target: { view: 'consent', consent: consentId(1) },
    });
    expect(told(applyEvent(aModel(), event), event)).toBeNull();
  });

  it('is counted with others, and the newest is told', () => {
    expect(told(aModel({ consents: consents.slice(0, 1) }), { type: 'consents', consents })).toMatchObject({
      title: '2 programs want to sign in',
      body: expect.stringContaining('“agent.example” wants to use') as string,
      target: { view: 'consent', consent: consentId(2) },
    });
  });

  it('that was answered is no news', () => {
    expect(told(aModel({ consents }), { type: 'consents', consents: consents.slice(1) })).toBeNull();
  });
});

describe('expiryMark', () => {
  it.each([
    [8 * 24, null],
    [7 * 24, 7],
    [25, 7],
    [24, 1],
    [0, 1],
  ])('%d hours before the end', (hours, mark) => {
    expect(expiryMark(one({ state: 'expiring', expiresAt: inHours(hours) }), NOW)).toBe(mark);
  });

  it('is nothing for what renews itself', () => {
    expect(expiryMark(one(STATES.connected), NOW)).toBeNull();
  });
});
