/** Calls between the page's world and the preload's: they share a document and nothing else. */
export interface WorldBridge {
  /** Functions that the other world may call by their place. */
  offer: (...functions: ((...args: never[]) => unknown)[]) => void;
  /** Calls a function that the other world offered. */
  call: (place: number, ...args: unknown[]) => unknown;
}

type Packed =
  | { kind: 'value'; value: unknown }
  | { kind: 'function' | 'promise'; place: number }
  | { kind: 'array'; items: Packed[] }
  | { kind: 'object'; entries: [string, Packed][] }
  | { kind: 'error'; name: string; message: string };

/**
 * Joins two worlds of one document under a key that the page does not know. As Electron's contextBridge: values are
 * copied and frozen, functions and promises are proxied. Stands alone: its source runs inside pages.
 */
export function createWorldBridge(key: string, side: 'page' | 'preload'): WorldBridge {
  const other = side === 'page' ? 'preload' : 'page';
  const functions: ((...args: never[]) => unknown)[] = [];
  let reply: { value: Packed } | { thrown: Packed } | null = null;

  function pack(value: unknown): Packed {
    if (typeof value === 'function') {
      return { kind: 'function', place: functions.push(value as (...args: never[]) => unknown) - 1 };
    }
    if (value instanceof Promise) {
      let promise: Promise<unknown> | null = value;
      // Asked once; what it comes to is not kept here.
      const settle = (resolve: (value: unknown) => void, reject: (fault: unknown) => void): void => {
        promise?.then(resolve, reject);
        promise = null;
      };
      return { kind: 'promise', place: functions.push(settle) - 1 };
    }
    if (value instanceof Error) return { kind: 'error', name: value.name, message: value.message };
    if (Array.isArray(value)) return { kind: 'array', items: value.map(pack) };
    if (typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype) {
      return { kind: 'object', entries: Object.entries(value).map(([name, item]) => [name, pack(item)]) };
    }
    return { kind: 'value', value };
  }

  function unpack(packed: Packed): unknown {
    switch (packed.kind) {
      case 'function':
        return (...args: unknown[]) => call(packed.place, ...args);
      case 'promise':
        return new Promise((resolve, reject) => {
          let ends: { resolve: typeof resolve; reject: typeof reject } | null = { resolve, reject };
          const end =
            (how: 'resolve' | 'reject') =>
            (value: unknown): void => {
              ends?.[how](value);
              ends = null;
            };
          void call(packed.place, end('resolve'), end('reject'));
        });
      case 'error':
        return Object.assign(new Error(packed.message), { name: packed.name });
      case 'array':
        return Object.freeze(packed.items.map(unpack));
      case 'object':
        return Object.freeze(Object.fromEntries(packed.entries.map(([name, item]) => [name, unpack(item)])));
      case 'value':
        return packed.value;
    }
  }

  function call(place: number, ...args: unknown[]): unknown {
    reply = null;
    document.dispatchEvent(new CustomEvent(`${key}-${other}`, { detail: { place, args: args.map(pack) } }));
    // The other world has answered by now: events are delivered at once, and inner calls have ended.
    const answer = reply as { value: Packed } | { thrown: Packed } | null;
    if (answer === null) throw new Error('the other world is not there');
    if ('thrown' in answer) throw unpack(answer.thrown) as Error;
    return unpack(answer.value);
  }

  document.addEventListener(`${key}-${side}-reply`, (event) => {
    reply = (event as CustomEvent).detail as typeof reply;
  });
  document.addEventListener(`${key}-${side}`, (event) => {
    const { place, args } = (event as CustomEvent).detail as { place: number; args: Packed[] };
    let detail: typeof reply;
    try {
      const target = functions[place];
      if (!target) throw new Error('there is no such function');
      detail = { value: pack(target(...(args.map(unpack) as never[]))) };
    } catch (fault) {
      detail = { thrown: pack(fault instanceof Error ? fault : new Error(String(fault))) };
    }
    document.dispatchEvent(new CustomEvent(`${key}-${other}-reply`, { detail }));
  });

  return { offer: (...offered) => void functions.push(...offered), call };
}
