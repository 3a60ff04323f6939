import { getJson } from '../atlassian/get-json.ts';
import type { LookUp } from '../consumers/ports.ts';
import { fetchVia, type Fetch } from '../lib/bounded-fetch.ts';
import type { Upstreams } from './ports.ts';

/** Asks an API what a request does not say of itself, such as the project of an issue that it names by number. */
export const lookUpThrough =
  (upstreams: Pick<Upstreams, 'open'>, fetch: Fetch): LookUp =>
  async (connection, api, path) => {
    const upstream = await upstreams.open(connection, api);
    if (!upstream.ok) return null;
    const { url, header } = upstream.value;
    const { id, provider } = connection;
    const answer = await getJson(fetchVia(fetch, { provider, connection: id }), {
      url: `${url.href.replace(/\/$/, '')}${path}`,
      header,
    });
    return answer.kind === 'json' ? answer.value : null;
  };
