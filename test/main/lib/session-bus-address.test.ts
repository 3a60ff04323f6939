import { expect, it } from 'vitest';
import { possibleBuses, sessionBusSocket } from '../../../main/lib/session-bus-address.ts';

it.each([
  [{ DBUS_SESSION_BUS_ADDRESS: 'unix:path=/run/user/1000/bus' }, '/run/user/1000/bus'],
  [{ DBUS_SESSION_BUS_ADDRESS: 'unix:guid=0f,path=/tmp/a%20b' }, '/tmp/a b'],
  [{ DBUS_SESSION_BUS_ADDRESS: 'unix:abstract=/tmp/dbus-x,guid=0f' }, '\0/tmp/dbus-x'],
  [{ DBUS_SESSION_BUS_ADDRESS: 'tcp:host=localhost,port=1;unix:path=/b' }, '/b'],
  [{ XDG_RUNTIME_DIR: '/run/user/1000' }, '/run/user/1000/bus'],
  [{ DBUS_SESSION_BUS_ADDRESS: 'nonsense', XDG_RUNTIME_DIR: '/run/user/1000' }, null],
  [{}, null],
])('%j is reached at %j', (env, socket) => {
  expect(sessionBusSocket(env)).toBe(socket);
});

const USER_BUS = '/run/user/1000/bus';

it.each([
  // Cron and SSH name none.
  [{}, [], [USER_BUS]],
  [{ DBUS_SESSION_BUS_ADDRESS: '' }, [], [USER_BUS]],
  [{ DBUS_SESSION_BUS_ADDRESS: 'unix:path=/a;unix:abstract=b' }, [], ['/a', '\0b', USER_BUS]],
  // The same bus, named otherwise.
  [
    { DBUS_SESSION_BUS_ADDRESS: `unix:guid=0f,path=${USER_BUS}` },
    [`unix:path=${USER_BUS},guid=0f`],
    [USER_BUS],
  ],
  [
    { DBUS_SESSION_BUS_ADDRESS: 'unix:path=/a' },
    ['unix:path=/c', 'unix:path=/d'],
    ['/c', '/d', '/a', USER_BUS],
  ],
  [{ DBUS_SESSION_BUS_ADDRESS: 'autolaunch:' }, [], [null, USER_BUS]],
  [{ XDG_RUNTIME_DIR: '/elsewhere' }, [], ['/elsewhere/bus', USER_BUS]],
  // Who wants none gets none, unless a caller has one.
  [{ DBUS_SESSION_BUS_ADDRESS: 'disabled:' }, [], []],
  [{ DBUS_SESSION_BUS_ADDRESS: 'disabled:' }, ['unix:path=/c'], ['/c']],
])('with %j and callers on %j the keychain may be on %j', (env, callers, sockets) => {
  expect(possibleBuses({ env, callers, userBus: USER_BUS }).map(({ socket }) => socket)).toEqual(sockets);
});
