import type { CustomScheme } from 'electron';
import { PAGE_HEADERS } from '../page-headers.ts';
import type { StaticFiles } from '../static-files.ts';
import { APP_SCHEME, isOwnPage } from './own-page.ts';

/** The page's own scheme: a real origin, so that `'self'` works; no service workers, no bypassing of the CSP. */
export const SCHEME: CustomScheme = {
  scheme: APP_SCHEME,
  privileges: { standard: true, secure: true, supportFetchAPI: true },
};

/** Answers a request of the page with a file from the renderer's folder, or with 404. */
export function serveApp(files: Pick<StaticFiles, 'get'>): (request: Request) => Response {
  return (request) => {
    const file =
      request.method === 'GET' && isOwnPage(request.url) ? files.get(new URL(request.url).pathname) : null;
    if (file === null) return new Response('There is nothing here.', { status: 404, headers: PAGE_HEADERS });
    return new Response(new Uint8Array(file.body), {
      headers: {
        ...PAGE_HEADERS,
        'content-type': file.type,
        // The files are already on this disk.
        'cache-control': 'no-store',
      },
    });
  };
}
