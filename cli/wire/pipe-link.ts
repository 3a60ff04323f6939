import type { Link, LinkEvents, OpenLink } from './link.ts';

/*
 * Node's own pipe handles, which `node:net` wraps. Loading and setting up `node:net` takes 4 ms, a sixth of what
 * Node needs to start at all; this takes 0.5 ms. `process.binding` is the old door to them (DEP0111): where it is
 * closed, or what is behind it looks different, `pipeLink` is null and `netLink` does the work. So it is under any
 * major version of Node but the one that we ship and test: a handle that is used wrongly ends the process.
 */
const TESTED_NODE = '24.';

interface PipeHandle {
  connect(request: object, path: string): number;
  readStart(): number;
  writeUtf8String(request: object, text: string): number;
  close(): void;
  onread: (bytes: ArrayBuffer | undefined) => void;
}
interface ConnectRequest {
  oncomplete: (status: number) => void;
}
interface Bindings {
  Pipe: new (type: number) => PipeHandle;
  PipeConnectWrap: new () => ConnectRequest;
  WriteWrap: new () => { oncomplete: (status: number) => void };
  socketType: number;
  /** At `readResult`: bytes read by the last `onread`, or a negative error number. */
  state: Int32Array;
  readResult: number;
}

export const pipeLink: OpenLink | null = ((): OpenLink | null => {
  const { platform, versions } = process;
  if (platform === 'win32' || !versions.node.startsWith(TESTED_NODE) || 'electron' in versions) return null;
  const bindings = load();
  return bindings && ((path, events) => open(bindings, path, events));
})();

function load(): Bindings | null {
  try {
    // Node's types leave it out; what it gives is looked at below.
    const { binding } = process as unknown as { binding: (name: string) => Record<string, unknown> };
    const pipe = binding('pipe_wrap');
    const stream = binding('stream_wrap');
    const bindings = {
      Pipe: pipe['Pipe'],
      PipeConnectWrap: pipe['PipeConnectWrap'],
      WriteWrap: stream['WriteWrap'],
      socketType: (pipe['constants'] as { SOCKET?: unknown } | undefined)?.SOCKET,
      state: stream['streamBaseState'],
      readResult: stream['kReadBytesOrError'],
    };
    const asExpected =
      typeof bindings.Pipe === 'function' &&
      typeof bindings.PipeConnectWrap === 'function' &&
      typeof bindings.WriteWrap === 'function' &&
      typeof bindings.socketType === 'number' &&
      bindings.state instanceof Int32Array &&
      typeof bindings.readResult === 'number';
    return asExpected ? (bindings as unknown as Bindings) : null;
  } catch {
    return null;
  }
}

function open(bindings: Bindings, path: string, events: LinkEvents): Link {
  const handle = new bindings.Pipe(bindings.socketType);
  const name = (status: number): string => process.getBuiltinModule('node:util').getSystemErrorName(status);
  let over = false;
  const close = (): void => {
    if (over) return;
    over = true;
    handle.close();
  };
  const end = (code: string | null): void => {
    if (over) return;
    close();
    events.ended(code);
  };

  handle.onread = (bytes) => {
    const result = bindings.state[bindings.readResult] ?? 0;
    if (over || result === 0) return;
    // A negative number is the end of the stream, or a fault that means the same to us: no more bytes.
    if (result < 0 || bytes === undefined) end(null);
    else events.data(Buffer.from(bytes, 0, result));
  };
  const request = new bindings.PipeConnectWrap();
  request.oncomplete = (status) => {
    if (over) return;
    if (status < 0) {
      end(name(status));
      return;
    }
    handle.readStart();
    events.connected();
  };
  const refused = handle.connect(request, path);
  if (refused < 0) {
    // Like every other answer, this one comes after the call that asked.
    queueMicrotask(() => {
      end(name(refused));
    });
  }
  return {
    write: (text) => {
      const write = new bindings.WriteWrap();
      write.oncomplete = (status) => {
        if (status < 0) end(name(status));
      };
      handle.writeUtf8String(write, text);
    },
    close,
  };
}
