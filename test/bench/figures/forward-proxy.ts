import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { connect as connectTcp } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { connect as connectTls } from 'node:tls';
import { freePort } from '../../integration/support/free-port.ts';
import { pythonProgram } from '../../tools/support/installed.ts';
import { atLeastOfFloor, notMeasured, type Bench } from '../figure.ts';
import { interleavedMedians } from '../statistics.ts';
import { start } from '../support/gateway-processes.ts';
import { openLoadOver, type Load } from '../support/socket-load.ts';

const AT_ONCE = 32;
const ROUNDS = 9;
const ROUND_MS = 500;
const HOST = 'api.atlassian.com';
const MITMPROXY = ['mitmproxy==11.0.2'];

interface Proxy {
  port: number;
  /** Of `Proxy-Authorization`; null: it asks for none. */
  authorization: string | null;
  ca: string;
}

/** Connections through a proxy to the host, TLS on them. */
const tunnels = ({ port, authorization, ca }: Proxy) =>
  Promise.all(
    Array.from({ length: AT_ONCE }, async () => {
      const socket = connectTcp(port, '127.0.0.1');
      const asked = authorization === null ? '' : `Proxy-Authorization: ${authorization}\r\n`;
      socket.write(`CONNECT ${HOST}:443 HTTP/1.1\r\nHost: ${HOST}:443\r\n${asked}\r\n`);
      const [head] = (await once(socket, 'data')) as [Buffer];
      if (!head.toString('latin1').startsWith('HTTP/1.1 200'))
        throw new Error(`no tunnel: ${head.toString('latin1', 0, 40)}`);
      const secure = connectTls({ socket, servername: HOST, ca });
      await once(secure, 'secureConnect');
      return secure;
    }),
  );

/** mitmproxy with an add-on that does the same: it sets the credential, and leads the host to where it is played. */
async function mitmproxy(
  program: string,
  folder: string,
  upstream: number,
): Promise<Proxy & { stop: () => Promise<void> }> {
  const addon = path.join(folder, 'addon.py');
  writeFileSync(
    addon,
    `class Credential:
    def request(self, flow):
        flow.request.headers["authorization"] = "Bearer a-token"
        flow.request.scheme = "http"
        flow.request.host = "127.0.0.1"
        flow.request.port = ${upstream}
        flow.request.host_header = "127.0.0.1:${upstream}"
addons = [Credential()]
`,
  );
  const port = await freePort();
  const args = ['-q', '-s', addon, '--listen-host', '127.0.0.1', '--listen-port', String(port)];
  const options = ['connection_strategy=lazy', 'upstream_cert=false', `confdir=${folder}`];
  const child = spawn(program, [...args, ...options.flatMap((option) => ['--set', option])], {
    stdio: 'ignore',
    env: { PATH: process.env['PATH'], HOME: folder },
  });
  const exited = once(child, 'exit');
  const stop = async (): Promise<void> => {
    if (child.exitCode === null) child.kill('SIGTERM');
    await exited;
  };
  const ca = path.join(folder, 'mitmproxy-ca-cert.pem');
  for (let tries = 0; tries < 300 && !(existsSync(ca) && (await listens(port))); tries += 1) {
    if (child.exitCode !== null) throw new Error(`mitmproxy ended with ${child.exitCode}`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  return { port, authorization: null, ca: readFileSync(ca, 'utf8'), stop };
}

const listens = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connectTcp(port, '127.0.0.1', () => {
      socket.destroy();
      resolve(true);
    });
    socket.on('error', () => {
      resolve(false);
    });
  });

/** The proxy of a run beside the one that others build on, both to the same upstream. */
export const forwardProxy: Bench = {
  id: 'forward-proxy',
  run: async () => {
    const name = `forward proxy, ${AT_ONCE} tunnels kept`;
    const program = pythonProgram(MITMPROXY, 'mitmdump');
    if (program === null) return [notMeasured(name, '≥ 5×', 'mitmproxy cannot be installed here')];
    const folder = mkdtempSync(path.join(tmpdir(), 'tokentray-mitmproxy-'));
    const loads: Load[] = [];
    const upstream = await start('upstream');
    const ours = await start('proxy', String(upstream.port));
    const other = await mitmproxy(program, folder, upstream.port);
    try {
      const request =
        `GET /ex/jira/cloud-acme/rest/api/3/issue/ABC-1?fields=summary HTTP/1.1\r\nHost: ${HOST}\r\n` +
        'User-Agent: bench\r\nAccept: application/json\r\n\r\n';
      const authorization = `Basic ${Buffer.from(`run:${ours.key}`).toString('base64')}`;
      for (const proxy of [other, { ...ours, authorization }])
        loads.push(openLoadOver(await tunnels(proxy), request));
      const [floor, figure] = await interleavedMedians(
        ROUNDS,
        loads.map((load) => () => load.perSecond(ROUND_MS)),
      );
      return [
        atLeastOfFloor({
          name,
          unit: 'requests/s',
          figure: figure ?? Number.NaN,
          floorOf: 'mitmproxy 11 with an add-on',
          floor: floor ?? Number.NaN,
          least: 5,
        }),
      ];
    } finally {
      for (const load of loads) load.end();
      await Promise.all([other, ours, upstream].map(({ stop }) => stop()));
      rmSync(folder, { recursive: true, force: true });
    }
  },
};
