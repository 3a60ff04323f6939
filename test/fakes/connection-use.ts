import type { ConnectionView } from '../../contract/connection.ts';
import type { ConnectionUse } from '../../contract/example.ts';

/** What the core says of using a connection, in a package for Linux. */
export function connectionUse(
  { apis, header }: Pick<ConnectionView, 'apis' | 'header'>,
  change: Partial<ConnectionUse> = {},
): ConnectionUse {
  const [api] = apis;
  return {
    command: { typed: 'tokentray', program: ['tokentray'], sandbox: false, shell: 'posix' },
    sent:
      header.name === 'authorization'
        ? { header: 'Authorization', prefix: '', field: 'authorization', also: [] }
        : { header: header.name, prefix: '', field: 'access_token', also: [] },
    request:
      api === undefined
        ? null
        : {
            api: { id: api.id, name: api.name },
            method: 'GET',
            path: '/rest/api/3/myself',
            headers: {},
            body: null,
          },
    ...change,
  };
}
