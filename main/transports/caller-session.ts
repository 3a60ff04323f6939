import { isBusAddress, SESSION_BUS_HEADER } from '../../contract/session-bus.ts';
import type { HttpRouter } from './http-router.ts';

/** Passes on the session bus that a command sent, before its call is handled; pages send none. */
export const withCallerSession =
  (router: HttpRouter, useSessionBus: (address: string) => Promise<void>): HttpRouter =>
  (request, response, caller) => {
    const address = request.headers[SESSION_BUS_HEADER];
    const route = (): void => {
      router(request, response, caller);
    };
    if (caller === 'cli' && typeof address === 'string' && isBusAddress(address))
      useSessionBus(address).then(route, route);
    else route();
  };
