import { isBusAddress, SESSION_BUS_HEADER } from '../../contract/session-bus.ts';
import type { HttpRouter } from './http-router.ts';

/** They need no key, and a keychain that asks its user must not keep them from being answered. */
const NEED_NO_KEY = new Set(['/v1/app.open', '/v1/app.stop']);

/** Passes on the session bus that a command sent, before its call is handled; pages send none. */
export const withCallerSession =
  (router: HttpRouter, useSessionBus: (address: string) => Promise<void>): HttpRouter =>
  (request, response, from) => {
    const address = request.headers[SESSION_BUS_HEADER];
    const route = (): void => {
      router(request, response, from);
    };
    if (from.caller !== 'cli' || typeof address !== 'string' || !isBusAddress(address)) {
      route();
      return;
    }
    const used = useSessionBus(address).catch(() => undefined);
    if (NEED_NO_KEY.has(request.url ?? '')) route();
    else
      void used.then(() => {
        // Who gave up meanwhile sends nothing any more that could be waited for.
        if (!request.destroyed) route();
      });
  };
