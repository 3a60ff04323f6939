import { expect, it } from 'vitest';
import { sessionBusSocket } from '../../../main/lib/session-bus.ts';

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
