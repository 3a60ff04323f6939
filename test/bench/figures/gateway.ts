import { againstFloor, atLeastOfFloor, type Bench } from '../figure.ts';
import { interleaved, median, percentile } from '../statistics.ts';
import { start, type Started } from '../support/gateway-processes.ts';
import { openRequestLoad, type Load } from '../support/socket-load.ts';

const AT_ONCE = 32;
const ROUNDS = 15;
const ROUND_MS = 500;
const LATENCY_ROUNDS = 15;
/** Of each connection in a round. */
const LATENCIES = 20;

const load = ({ port, key }: Started, target: string): Load =>
  openRequestLoad(
    { host: '127.0.0.1', port },
    [
      `GET ${target} HTTP/1.1`,
      `Host: 127.0.0.1:${port}`,
      'User-Agent: bench',
      'Accept: application/json',
      'Accept-Encoding: gzip, deflate',
      `Authorization: Bearer ${key}`,
      '',
      '',
    ].join('\r\n'),
    AT_ONCE,
  );

/** The reverse gateway beside the least that a proxy in Node can do, to the same upstream. */
export const gateway: Bench = {
  id: 'gateway',
  run: async () => {
    const upstream = await start('upstream');
    const bare = await start('bare', String(upstream.port));
    const ours = await start('gateway', String(upstream.port));
    const below = '/rest/api/3/issue/ABC-1?fields=summary';
    const loads: Load[] = [];
    // Opened when it is needed: a connection that nobody uses is closed after seconds.
    const open = (to: Started, target = below): Load => {
      const opened = load(to, target);
      loads.push(opened);
      return opened;
    };
    const p50 = async (of: Load): Promise<number> => percentile(await of.latencies(LATENCIES), 0.5);
    try {
      const floor = open(bare);
      const figure = open(ours, `/acme/jira${below}`);
      const [floors = [], figures = []] = await interleaved(
        ROUNDS,
        [() => floor.perSecond(ROUND_MS), () => figure.perSecond(ROUND_MS)],
        4,
      );
      const direct = open(upstream);
      const [none = [], least = [], with_ = []] = await interleaved(LATENCY_ROUNDS, [
        () => p50(direct),
        () => p50(floor),
        () => p50(figure),
      ]);
      return [
        atLeastOfFloor({
          name: `gateway, ${AT_ONCE} at once`,
          unit: 'requests/s',
          figure: median(figures),
          floorOf: 'bare Node reverse proxy, keep-alive agent',
          floor: median(floors),
          least: 0.85,
        }),
        againstFloor({
          name: `gateway, ${AT_ONCE} at once: added to p50`,
          unit: 'ms',
          figure: median(with_) - median(none),
          floorOf: 'added by the bare proxy',
          floor: median(least) - median(none),
          limit: 1.15,
        }),
      ];
    } finally {
      for (const each of loads) each.end();
      await Promise.all([ours, bare, upstream].map(({ stop }) => stop()));
    }
  },
};
