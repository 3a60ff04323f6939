import type { Session } from 'electron';
import { isOwnPage } from './own-page.ts';

/** The only permission of our page: writing text to the clipboard during a click. */
const GRANTED = new Set(['clipboard-sanitized-write']);

/** Pure. `page`: address of the requesting frame; `main`: whether it is the main frame. */
export const mayUse = (permission: string, page: string, main: boolean): boolean =>
  GRANTED.has(permission) && main && isOwnPage(page);

type GuardedSession = Pick<
  Session,
  | 'setPermissionRequestHandler'
  | 'setPermissionCheckHandler'
  | 'setDevicePermissionHandler'
  | 'setDisplayMediaRequestHandler'
>;

/** Without handlers Electron grants everything. */
export function guardPermissions(session: GuardedSession): void {
  session.setPermissionRequestHandler((_contents, permission, callback, { requestingUrl, isMainFrame }) => {
    callback(mayUse(permission, requestingUrl, isMainFrame));
  });
  session.setPermissionCheckHandler((_contents, permission, origin, { isMainFrame }) =>
    mayUse(permission, origin, isMainFrame),
  );
  session.setDevicePermissionHandler(() => false);
  session.setDisplayMediaRequestHandler((_request, callback) => {
    callback({});
  });
}
