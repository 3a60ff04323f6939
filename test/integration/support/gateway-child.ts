import path from 'node:path';
import process from 'node:process';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { listenOnLocalSocket } from '../../../main/transports/local-socket.ts';
import { value } from '../../fakes/store-in-folder.ts';
import { startGatewayCore } from './gateway-core.ts';

/**
 * The core in a process of its own, whose memory and handles can be looked at. Arguments: where its socket is to be, and the
 * address of a server. Sends what a client needs, and then answers each message with a look at itself.
 */
export interface Started {
  gatewayPort: number;
  key: string;
}

export interface Look {
  /** After a garbage collection, bytes. */
  heap: number;
  /** Buffers outside of the heap. */
  buffers: number;
  rss: number;
  /** Sockets, servers and pipes that are open. */
  handles: number;
  /** The longest that anything had to wait since the last look. */
  longestTurnMs: number;
}

const [socket = '', site = ''] = process.argv.slice(2);
const core = await startGatewayCore();
core.connect('acme', site, 'token-of-acme');
value(await listenOnLocalSocket(socket, path.dirname(path.dirname(socket)), core.core.router));
const delay = monitorEventLoopDelay({ resolution: 5 });
delay.enable();

process.on('message', (what) => {
  if (what === 'collect') globalThis.gc?.();
  const { heapUsed, external, arrayBuffers, rss } = process.memoryUsage();
  const handles = process.getActiveResourcesInfo().filter((kind) => /TCP|TLS|Pipe/.test(kind)).length;
  const look: Look = {
    ...{ heap: heapUsed, buffers: Math.max(external, arrayBuffers), rss, handles },
    longestTurnMs: delay.max / 1e6,
  };
  delay.reset();
  // The test may be over.
  process.send?.(look, () => undefined);
});
process.on('disconnect', () => process.exit());
const started: Started = {
  gatewayPort: Number(new URL(core.gatewayUrl).port),
  key: await core.key(['acme']),
};
process.send?.(started);
