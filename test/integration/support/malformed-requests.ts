/** A reproducible stream of numbers in [0, 1). */
export function numbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

/** How an entrance is asked for one thing behind it, and how that then looks at the upstream. */
export interface Entrance {
  /** What `Host` has to say. */
  readonly host: string;
  /** Further headers of an honest request, each with its line end: keys. */
  readonly headers: string;
  /** Where paths begin that lead to the upstream. */
  readonly prefix: string;
  /** An honest target that names `id`, or as far as the entrance lets it. */
  readonly target: (id: string) => string;
  readonly body: (id: string) => string;
  readonly methods: readonly string[];
  /** The request line at the upstream for an honest request. */
  readonly arrives: (method: string, id: string) => string;
  /** A path at the upstream that the caller must not reach. */
  readonly forbidden: string;
}

/** A request as the upstream may see it. `whole`: its end may come too; else no more than a beginning of its body. */
export interface MayArrive {
  readonly line: string;
  readonly body: string;
  readonly whole: boolean;
}

export interface Attack {
  readonly kind: string;
  /** Latin-1. */
  readonly bytes: string;
  readonly may: readonly MayArrive[];
}

type Make = (tools: Tools) => Omit<Attack, 'kind'>;

interface Tools {
  readonly at: Entrance;
  readonly id: string;
  readonly pick: <T>(from: readonly T[]) => T;
}

/** Two dots, or one, as some program reads them. */
const DOTS = [
  ...['..', '.', '%2e%2e', '%2E%2E', '.%2e', '%2e.', '%2e', '%252e%252e', '.%252e', '%25252e%25252e'],
  ...['..;', '..;a=b', '..%3b', '..%2f', '..%5c', '..%252f', '..%255c', '..%00', '..%2500', '%2e%2e%2f'],
  ...['%c0%ae%c0%ae', '%c0%2e', '%c1%9c', '%e0%80%ae%e0%80%ae', '%f0%80%80%ae', '%25c0%25ae%25c0%25ae'],
  ...['%25e0%2580%25ae', '%u002e%u002e', '%uff0e%uff0e', '%25%32%65%25%32%65', '..\\', '\\..', '.. ', ' ..'],
  ...['..\t', '..\0', '..\r', '..\n', '..#', '\x2e\x2e\x7f', '\xc0\xae\xc0\xae'],
];
const SLASHES = [
  '%2f',
  '%2F',
  '%5c',
  '%5C',
  '\\',
  '//',
  '/\\',
  '%c0%af',
  '%e0%80%af',
  '%25c0%25af',
  '%00',
  '%0a',
  '%0d%0a',
  '%7f',
  '%2500',
  '%250d%250a',
];

/** A second request that no entrance takes, and that leads astray where it is taken for one. */
const smuggled = ({ at, id }: Tools): string =>
  `GET ${at.forbidden}/stolen-${id} HTTP/1.1\r\nX-Stolen: ${id}\r\n\r\n`;

const chunked = (body: string): string => `${body.length.toString(16)}\r\n${body}\r\n0\r\n\r\n`;

function request(
  { at, id, pick }: Tools,
  given: {
    method?: string;
    target?: string;
    version?: string;
    host?: string;
    headers?: readonly string[];
    body?: string;
    end?: string;
  },
): string {
  const { method = pick(at.methods), target = at.target(id), version = 'HTTP/1.1' } = given;
  const { host = `Host: ${at.host}\r\n`, headers = [], body = '', end = '\r\n' } = given;
  return `${method} ${target} ${version}\r\n${host}${at.headers}${headers.map((line) => `${line}\r\n`).join('')}${end}${body}`;
}

const NOTHING = { may: [] } as const;
const CLOSE = 'Connection: close';
const JSON_TYPE = 'Content-Type: application/json';

const asItself = ({ at, id }: Tools, method: string, body: string, whole = true): MayArrive => ({
  line: at.arrives(method, id),
  body,
  whole,
});

const KINDS: Readonly<Record<string, Make>> = {
  'two framings': (tools) => {
    const body = chunked(tools.at.body(tools.id));
    const coding = tools.pick([
      'Transfer-Encoding: chunked',
      'transfer-encoding:chunked',
      'Transfer-Encoding: CHUNKED',
      'Transfer-Encoding:\tchunked\t',
    ]);
    const length = `Content-Length: ${tools.pick([0, 3, 5, body.length, body.length + 40])}`;
    const headers = tools.pick([
      [coding, length],
      [length, coding],
    ]);
    return {
      bytes: request(tools, {
        method: 'POST',
        headers: [JSON_TYPE, ...headers],
        body: body + smuggled(tools),
      }),
      ...NOTHING,
    };
  },
  'an odd coding': (tools) => {
    const coding = tools.pick([
      ...[
        'Transfer-Encoding: identity, chunked',
        'Transfer-Encoding: chunked, identity',
        'Transfer-Encoding: gzip, chunked',
      ],
      ...[
        'Transfer-Encoding: xchunked',
        'Transfer-Encoding: "chunked"',
        'Transfer-Encoding: chunked;q=1',
        'Transfer-Encoding: \x0bchunked',
      ],
      ...[
        'Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked',
        'Transfer-Encoding: chunked\r\nTransfer-Encoding: identity',
      ],
      ...[
        'Transfer-Encoding : chunked',
        'Transfer-Encoding\t: chunked',
        ' Transfer-Encoding: chunked',
        'Transfer-Encoding:\r\n chunked',
      ],
      ...[
        'X: y\nTransfer-Encoding: chunked',
        'X: y\rTransfer-Encoding: chunked',
        'Transfer-Encoding: chunked\0',
        'Transfer-Encoding: , chunked,',
      ],
    ]);
    return {
      bytes: request(tools, {
        method: 'POST',
        headers: [JSON_TYPE, coding],
        body: chunked(tools.at.body(tools.id)) + smuggled(tools),
      }),
      ...NOTHING,
    };
  },
  'an odd length': (tools) => {
    const length = tools.pick([
      ...[
        'Content-Length: 3\r\nContent-Length: 30',
        'Content-Length: 3\r\nContent-Length: 3',
        'Content-Length: 3, 3',
        'Content-Length: 3,30',
      ],
      ...[
        'Content-Length: +3',
        'Content-Length: -1',
        'Content-Length: 0x3',
        'Content-Length: 3.0',
        'Content-Length: 1e1',
        'Content-Length: 3 3',
      ],
      ...[
        'Content-Length: 18446744073709551619',
        'Content-Length: 99999999999999999999',
        'Content-Length: "3"',
        'Content-Length : 3',
      ],
      ...[
        'Content-Length:\r\n 3',
        'Content-Length: 3\n',
        'X: y\nContent-Length: 3',
        'Content-Length: \x0b3',
        'Content-Length: 3\0',
      ],
    ]);
    return {
      bytes: request(tools, { method: 'POST', headers: [JSON_TYPE, length], body: `abc${smuggled(tools)}` }),
      ...NOTHING,
    };
  },
  'a bad chunk': (tools) => {
    const body = tools.at.body(tools.id);
    const size = body.length.toString(16);
    const bad = tools.pick([
      ...[
        `g\r\n${body}\r\n0\r\n\r\n`,
        `-1\r\n${body}\r\n0\r\n\r\n`,
        `0x${size}\r\n${body}\r\n0\r\n\r\n`,
        ` ${size}\r\n${body}\r\n0\r\n\r\n`,
      ],
      ...[
        `fffffffffffffffff\r\n${body}\r\n0\r\n\r\n`,
        `10000000000000000\r\n${body}\r\n0\r\n\r\n`,
        `\r\n${body}\r\n0\r\n\r\n`,
      ],
      ...[
        `${size}\n${body}\n0\n\n`,
        `${size}\r\n${body}0\r\n\r\n`,
        `${size}\r\n${body}xx0\r\n\r\n`,
        `${size}\r\n${body}\r\n`,
      ],
      ...[
        `${size};a=\n${body}\r\n0\r\n\r\n`,
        `${size};a="\r\n0\r\n\r\n`,
        `${size}\r${body}\r\n0\r\n\r\n`,
        `${size}\0\r\n${body}\r\n0\r\n\r\n`,
      ],
      ...[`${size}\r\n${body}\r\ng\r\n\r\n`, `${size}\r\n${body}\r\n-0\r\n\r\n`],
    ]);
    const headers = [JSON_TYPE, CLOSE, 'Transfer-Encoding: chunked'];
    return {
      bytes: request(tools, { method: 'POST', headers, body: bad + smuggled(tools) }),
      may: [asItself(tools, 'POST', body, false)],
    };
  },
  'too short a body': (tools) => {
    const body = tools.at.body(tools.id);
    const headers = [JSON_TYPE, `Content-Length: ${body.length + 1 + (body.length % 7)}`];
    return {
      bytes: request(tools, { method: 'POST', headers, body }),
      may: [asItself(tools, 'POST', body, false)],
    };
  },
  trailers: (tools) => {
    const body = tools.at.body(tools.id);
    const trailer = tools.pick([
      'X-Evil: 1',
      'Content-Length: 5',
      `Host: evil.example`,
      'Authorization: Bearer evil',
      'Transfer-Encoding: chunked',
      'Cookie: a=b',
    ]);
    const headers = [
      JSON_TYPE,
      CLOSE,
      'TE: trailers',
      `Trailer: ${trailer.split(':')[0] ?? ''}`,
      'Transfer-Encoding: chunked',
    ];
    const bytes = request(tools, {
      method: 'POST',
      headers,
      body: `${body.length.toString(16)};ext=1\r\n${body}\r\n0\r\n${trailer}\r\n\r\n`,
    });
    return { bytes, may: [asItself(tools, 'POST', body)] };
  },
  'two hosts, or none': (tools) => {
    const { host } = tools.at;
    const given = tools.pick([
      ...[
        `Host: ${host}\r\nHost: ${host}\r\n`,
        `Host: ${host}\r\nHost: evil.example\r\n`,
        `Host: evil.example\r\nHost: ${host}\r\n`,
      ],
      ...[
        '',
        'Host: \r\n',
        'Host: evil.example\r\n',
        `Host: evil.example@${host}\r\n`,
        `Host: ${host}@evil.example\r\n`,
        `Host: ${host}:80\r\n`,
      ],
      ...[
        `Host: ${host}/x\r\n`,
        `Host: ${host}, evil.example\r\n`,
        `Host: ${host} evil.example\r\n`,
        `Host: [::ffff:127.0.0.1]\r\n`,
        'Host: [::1\r\n',
      ],
      ...[
        `Host: ${host}\0\r\n`,
        `Host: ${host}\nHost: evil.example\r\n`,
        `Host:${host}\r\n host.example\r\n`,
        `Host : ${host}\r\n`,
        `Hos\xb7t: ${host}\r\n`,
      ],
    ]);
    return { bytes: request(tools, { host: given, headers: [CLOSE] }), ...NOTHING };
  },
  'absolute form': (tools) => {
    const { host } = tools.at;
    const origin = tools.pick([
      `http://${host}`,
      `https://${host}`,
      'http://evil.example',
      `http://${host}@evil.example`,
      'HTTP://EVIL',
      'ftp://x',
      `//${host}`,
      host,
    ]);
    return {
      bytes: request(tools, { target: origin + tools.at.target(tools.id), headers: [CLOSE] }),
      ...NOTHING,
    };
  },
  dots: (tools) => {
    const { prefix } = tools.at;
    const dots = (): string => tools.pick(DOTS);
    const target = tools.pick([
      () => `${prefix}/${dots()}/${dots()}/x-${tools.id}`,
      () => `${prefix}/a/${dots()}`,
      () => `${prefix}/${dots()}/${tools.id}`,
      () => `/${dots()}${prefix}/${tools.id}`,
      () => `${prefix}/a/b/${dots()}/${dots()}/${dots()}/${dots()}${tools.at.forbidden}/stolen-${tools.id}`,
      () => prefix.replace(/\/([^/]+)$/, `/${dots()}/$1`),
    ])();
    return { bytes: request(tools, { target, headers: [CLOSE] }), ...NOTHING };
  },
  slashes: (tools) => {
    const { prefix, forbidden } = tools.at;
    const slash = tools.pick(SLASHES);
    const target = tools.pick([
      () => `//evil.example${prefix}/x`,
      () => `/${prefix}/x`,
      () => `/\\evil.example/${tools.id}`,
      () => `${prefix}/a${slash}b-${tools.id}`,
      () => `${prefix}${slash}${tools.id}`,
      () => `${prefix}/a${slash}${forbidden}/stolen-${tools.id}`,
      () => `${prefix.replace(/\/([^/]+)$/, `${slash}$1`)}/x`,
    ])();
    return { bytes: request(tools, { target, headers: [CLOSE] }), ...NOTHING };
  },
  'characters in the address': (tools) => {
    const bad = tools.pick([
      '\0',
      '\x01',
      '\x0b',
      '\x1f',
      '\x7f',
      '\x80',
      '\xe9',
      '\xff',
      ' ',
      '\t',
      '#',
      '\\',
      '\r',
      '\n',
      '\r\nX-Evil: 1',
      '%g',
      '%zz',
      '%%',
      '%2/',
      '%u0041',
    ]);
    const where = tools.pick([
      (target: string) => `${target.slice(0, -2)}${bad}${target.slice(-2)}`,
      (target: string) => (bad === ' ' ? `${target} ` : '') + bad + target,
      (target: string) => `${target}/a${bad}b`,
    ]);
    return {
      bytes: request(tools, { target: where(tools.at.target(tools.id)), headers: [CLOSE] }),
      ...NOTHING,
    };
  },
  'no address': (tools) => ({
    bytes: request(tools, {
      target: tools.pick(['', '*', '?', '?x', '#', 'x', ':80', '..', '/..', '/.', '%2f']),
      headers: [CLOSE],
    }),
    ...NOTHING,
  }),
  'too long an address': (tools) => ({
    bytes: request(tools, {
      target: `${tools.at.prefix}/${'a'.repeat(tools.pick([16_400, 40_000, 70_000]))}`,
      headers: [CLOSE],
    }),
    ...NOTHING,
  }),
  'an odd version': (tools) => {
    // RTSP cannot be told from HTTP by what the parser says, and its requests mean the same.
    const version = tools.pick([
      'HTTP/0.9',
      'HTTP/1.2',
      'HTTP/2.0',
      'HTTP/3',
      'HTTP/1',
      'http/1.1',
      'HTTP/1.1.1',
      'HTTP/01.1',
      'HTTPS/1.1',
      'ICE/1.0',
      '',
      'X',
      'HTTP/1.1\t',
    ]);
    return { bytes: request(tools, { version, headers: [CLOSE] }), ...NOTHING };
  },
  'an odd method': (tools) => {
    const method = tools.pick([
      'get',
      'Get',
      'gET',
      'post',
      'PoSt',
      'G\0T',
      'GE T',
      'GET\t',
      '',
      ' GET',
      '\tGET',
      'CONNECT',
      'TRACE',
      'PRI',
      'FOO',
      'DESCRIBE',
      'GET/',
      '\xa0GET',
    ]);
    return { bytes: request(tools, { method, headers: [CLOSE] }), ...NOTHING };
  },
  'an odd line': (tools) => {
    const line = tools.pick([
      ...[
        ' X: y',
        '\tX: y',
        'X : y',
        'X\t: y',
        ': y',
        'X',
        '',
        'X\0: y',
        'X: y\0',
        'X: y\x01',
        'X: y\x7f',
        'X[]: y',
        'X Y: z',
        '\xe9: y',
        '"X": y',
        '(X): y',
      ],
      ...[
        'X: y\r\n folded',
        'X: y\r\n\tfolded',
        'X: y\rX-Evil: z',
        'X: y\nX-Evil: z',
        'X: y\n',
        'X: y\r\r',
        '\r',
        '\n',
      ],
    ]);
    // Where it ends the headers, the rest is a request that nobody takes.
    const isEnd = line === '';
    if (isEnd) return { bytes: request(tools, { headers: [CLOSE, 'X', ''] }), ...NOTHING };
    return {
      bytes: request(tools, {
        headers: tools.pick([
          [line, CLOSE],
          [CLOSE, line],
        ]),
      }),
      ...NOTHING,
    };
  },
  'bare line ends': (tools) => {
    const lineEnd = tools.pick(['\n', '\r', '\n\r', '\r\r\n']);
    return { bytes: request(tools, { headers: [CLOSE] }).replaceAll('\r\n', lineEnd), ...NOTHING };
  },
  'huge headers': (tools) => {
    const headers = tools.pick([
      () => [`X-A: ${'a'.repeat(70_000)}`],
      () => [`${'X'.repeat(70_000)}: a`],
      () => Array.from({ length: 2000 }, (_, index) => `X-A-${index}: ${'a'.repeat(30)}`),
      () => Array.from({ length: 9000 }, () => 'a:'),
    ])();
    return { bytes: request(tools, { headers: [...headers, CLOSE] }), ...NOTHING };
  },
  'too many headers': (tools) => {
    // Those behind the last that is looked at: what they say must not be lost.
    const many = Array.from({ length: tools.pick([210, 1010, 2500]) }, () => 'a:b');
    const body = tools.at.body(tools.id);
    const last = tools.pick([
      `Content-Length: ${body.length}`,
      'Transfer-Encoding: chunked',
      'Host: evil.example',
      'Origin: http://evil.example',
      'Cookie: a=b',
    ]);
    const isChunked = last.startsWith('Transfer');
    return {
      bytes: request(tools, {
        method: 'POST',
        headers: [JSON_TYPE, CLOSE, ...many, last],
        body: isChunked ? chunked(body) : body,
      }),
      ...NOTHING,
    };
  },
  'headers of one connection': (tools) => {
    const body = tools.at.body(tools.id);
    const named = tools.pick([
      'Host',
      'Authorization',
      'Content-Length',
      'Content-Type',
      'X-Tokentray-Key',
      'Connection',
      'TE',
      ',,,',
      'close, Cookie',
      'keep-alive, X-Forwarded-For',
    ]);
    const odd = tools.pick([
      'Cookie: a=b',
      'X-Forwarded-Host: evil.example',
      'Forwarded: host=evil.example',
      'X-Original-URL: /evil',
      'X_Http_Method_Override: DELETE',
      'Transfer_Encoding: chunked',
      'Content_Length: 0',
      'Proxy-Authorization: Basic eA==',
      'X-Rewrite-Url: /evil',
    ]);
    const headers = [JSON_TYPE, `Connection: ${named}`, CLOSE, odd, `Content-Length: ${body.length}`];
    return { bytes: request(tools, { method: 'POST', headers, body }), may: [asItself(tools, 'POST', body)] };
  },
  'another protocol': (tools) => {
    const other = tools.pick([
      'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n',
      '\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03',
      'SSH-2.0-OpenSSH_9.9\r\n',
      '\0\0\0\0',
      'HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n',
      '{"jsonrpc":"2.0"}\n',
      'EHLO x\r\n',
      '\x05\x01\x00',
    ]);
    return { bytes: tools.pick([other, other + request(tools, {})]), ...NOTHING };
  },
  upgrades: (tools) => ({
    bytes: request(tools, {
      method: 'GET',
      headers: [
        `Upgrade: ${tools.pick(['websocket', 'h2', 'TLS/1.0', 'x, websocket'])}`,
        'Connection: Upgrade',
        'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==',
        'Sec-WebSocket-Version: 13',
      ],
      body: smuggled(tools),
    }),
    ...NOTHING,
  }),
  'garbage behind a request': (tools) => {
    const body = tools.at.body(tools.id);
    const garbage = tools.pick([
      smuggled(tools),
      '\0\0\0',
      'x'.repeat(100),
      `${'GET / HTTP/1.1\r\n'.repeat(3)}\r\n`,
      '\r\n\r\n\r\nX',
      ` ${smuggled(tools)}`,
      '0\r\n\r\n',
      body,
    ]);
    const headers = [JSON_TYPE, `Content-Length: ${body.length}`];
    return {
      bytes: request(tools, { method: 'POST', headers, body: body + garbage }),
      may: [asItself(tools, 'POST', body)],
    };
  },
};

/** What asks a proxy to connect somewhere, or to send something on by itself. `open`: where it would connect to. */
export function malformedConnect(open: string, proof: string, index: number, next: () => number): Attack {
  const pick = <T>(from: readonly T[]): T => from[Math.floor(next() * from.length)]!;
  const [host = '', port = ''] = open.split(':');
  const target = pick([
    ...[
      `${open}@evil.example:443`,
      `evil.example:443@${open}`,
      host,
      `${host}:`,
      `${host}:0`,
      `${host}:99999`,
      `${host}:0${port}x`,
      `:${port}`,
    ],
    ...[
      `http://${open}`,
      `https://${open}/`,
      `${open}/`,
      `${open}?x`,
      `${open}#x`,
      `${open}\\`,
      `${open}\0`,
      `${open} `,
      `${open}\r`,
      `${open}\n`,
    ],
    ...[
      `127.0.0.1:${port}`,
      `127.1:${port}`,
      `0x7f000001:${port}`,
      `2130706433:${port}`,
      `0.0.0.0:${port}`,
      `[::1]:${port}`,
      `[::ffff:127.0.0.1]:${port}`,
    ],
    ...[
      `[::1%lo]:${port}`,
      `[${host}]:${port}`,
      `evil.${host}:${port}`,
      `${host}.evil:${port}`,
      `loc%61lhost:${port}`,
      `l\xf6calhost:${port}`,
      `//${open}`,
      '*',
      '/',
      '',
    ],
  ]);
  const headers = pick([
    `Host: ${target}\r\n`,
    '',
    `Host: ${open}\r\n`,
    `Host: ${open}\r\nHost: evil.example\r\n`,
    `Host: ${open}\r\nContent-Length: 5\r\n`,
    `Host: ${open}\r\nTransfer-Encoding: chunked\r\n`,
  ]);
  const behind = `GET /ex/jira/cloud-acme/rest/stolen-${index} HTTP/1.1\r\nHost: ${open}\r\nConnection: close\r\n\r\n`;
  const method = pick(['CONNECT', 'CONNECT', 'CONNECT', 'GET', 'POST', 'connect', 'OPTIONS']);
  const absolute = `GET http://${open}/ex/jira/cloud-acme/rest/stolen-${index} HTTP/1.1\r\n${headers}${proof}\r\n`;
  const connecting = `${method} ${target} HTTP/1.1\r\n${headers}${pick([proof, proof, proof, '', 'Proxy-Authorization: Basic eDp5\r\n'])}\r\n${behind}`;
  // A real tunnel in which no TLS is spoken.
  const inClear = `CONNECT ${open} HTTP/1.1\r\nHost: ${open}\r\n${proof}\r\n${behind}`;
  return {
    kind: 'connecting',
    bytes: pick([connecting, connecting, connecting, absolute, inClear]),
    may: [],
  };
}

/** Every kind in turn, varied at random. `id`: unlike those of all others. */
export function malformedRequest(at: Entrance, index: number, next: () => number): Attack {
  const kinds = Object.entries(KINDS);
  const [kind, make] = kinds[index % kinds.length] ?? kinds[0]!;
  const pick = <T>(from: readonly T[]): T => from[Math.floor(next() * from.length)]!;
  return { kind, ...make({ at, id: `n${index}`, pick }) };
}

export const KIND_COUNT = Object.keys(KINDS).length;
