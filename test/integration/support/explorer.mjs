// Looks for a way out, as a program that is run isolated, and prints what it finds as JSON.
import { lookup, Resolver } from 'node:dns/promises';
import { existsSync, openSync, readdirSync, readFileSync, readlinkSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { setImmediate } from 'node:timers/promises';

const { places, files, ports, keys } = JSON.parse(process.argv[2] ?? '');
const { TOKENTRAY_GATEWAY_URL: gatewayUrl, TOKENTRAY_GATEWAY_KEY: ownKey } = process.env;

const attempt = (work) => {
  try {
    return work();
  } catch (fault) {
    return fault.code;
  }
};
/** `open`, or the code of what stood in the way. */
const reach = (to) =>
  new Promise((resolve) => {
    const socket = connect(to, () => {
      resolve('open');
      socket.destroy();
    });
    socket.setTimeout(2000, () => {
      resolve('silence');
      socket.destroy();
    });
    socket.on('error', (fault) => {
      resolve(fault.code);
    });
  });
const all = async (list, work) =>
  Object.fromEntries(await Promise.all(list.map(async (each) => [each, await work(each)])));

writeFileSync('ready', '');
/** What was seen at any time of the first file, which is written meanwhile. */
let glimpsed = '';
while (!existsSync('go')) {
  glimpsed ||= attempt(() => readFileSync(files[0], 'utf8'));
  await setImmediate();
}

/** Of other processes: what they were started with, their memory, and their view of the files. */
const others = { read: [], seen: 0 };
for (const pid of readdirSync('/proc').filter((each) => /^\d+$/.test(each) && Number(each) !== process.pid)) {
  others.seen += 1;
  const ways = {
    environ: () => readFileSync(`/proc/${pid}/environ`).length,
    // What writes here could also be its debugger (ptrace(2), PTRACE_MODE_ATTACH).
    mem: () => openSync(`/proc/${pid}/mem`, 'r+'),
    root: () => readdirSync(`/proc/${pid}/root`).length,
    cwd: () => readlinkSync(`/proc/${pid}/cwd`),
    // Their numbers alone are for everybody of the same user.
    fd: () =>
      readdirSync(`/proc/${pid}/fd`).filter(
        (each) => typeof attempt(() => openSync(`/proc/${pid}/fd/${each}`)) === 'number',
      ).length,
    links: () =>
      readdirSync(`/proc/${pid}/fd`).filter((each) =>
        attempt(() => readlinkSync(`/proc/${pid}/fd/${each}`)).includes('/'),
      ).length,
    maps: () => readFileSync(`/proc/${pid}/maps`).length,
  };
  for (const [name, work] of Object.entries(ways)) {
    const found = attempt(work);
    // Kernel threads have none.
    if (found !== 'EACCES' && found !== 'EPERM' && found !== 'ENOENT' && found !== 'ESRCH' && found !== 0)
      others.read.push([pid, name, found, attempt(() => readFileSync(`/proc/${pid}/comm`, 'utf8').trim())]);
  }
}

const LISTENS = '0A';
const listening = ['/proc/net/tcp', '/proc/net/tcp6'].flatMap((table) =>
  readFileSync(table, 'utf8')
    .split('\n')
    .slice(1)
    .map((row) => row.trim().split(/\s+/))
    .filter((row) => row[3] === LISTENS)
    .map((row) => Number.parseInt(row[1].split(':')[1], 16)),
);
const resolver = new Resolver({ timeout: 500, tries: 1 });
resolver.setServers(['1.1.1.1']);

process.stdout.write(
  JSON.stringify({
    others,
    glimpsed,
    listening,
    gateway: await all([ownKey, ...keys], async (key) => {
      const headers = { 'x-tokentray-key': key };
      return (await fetch(`${gatewayUrl}/jira/rest/api/3/myself`, { headers })).status;
    }).then((found) => Object.values(found)),
    port: Number(new URL(gatewayUrl).port),
    ports: await all(ports, (port) => reach({ host: '127.0.0.1', port })),
    sockets: await all(places, (place) => reach({ path: place })),
    internet: await reach({ host: '1.1.1.1', port: 443 }),
    names: [
      await lookup('example.com').then(
        () => 'open',
        () => 'closed',
      ),
      await resolver.resolve4('example.com').then(
        () => 'open',
        () => 'closed',
      ),
    ],
    files: await all(files, (file) => attempt(() => readFileSync(file, 'utf8'))),
  }),
);
