export interface CloneCodec {
  encode: (value: unknown) => string;
  decode: (text: string) => unknown;
}

/**
 * Values of the structured clone algorithm (HTML Standard §2.7) as text: what Electron's IPC carries, through
 * channels that carry only strings. Throws a DataCloneError for what cannot be cloned, as Electron does. Stands alone:
 * its source is also run inside pages.
 */
export function createCloneCodec(): CloneCodec {
  type Node = [kind: string, ...rest: (string | number | boolean | number[] | [number, number][])[]];

  function encode(value: unknown): string {
    const nodes: Node[] = [];
    const seen = new Map<object, number>();
    const add = (node: Node): number => nodes.push(node) - 1;

    function visit(item: unknown): number {
      if (item === undefined) return add(['undefined']);
      if (item === null) return add(['null']);
      if (typeof item === 'bigint') return add(['bigint', String(item)]);
      if (typeof item === 'number') return add(['number', Object.is(item, -0) ? '-0' : String(item)]);
      if (typeof item === 'string' || typeof item === 'boolean') return add(['plain', item]);
      if (typeof item !== 'object') throw new TypeError('not cloneable');
      const known = seen.get(item);
      if (known !== undefined) return known;
      const node: Node = ['object'];
      const at = add(node);
      seen.set(item, at);
      if (item instanceof Date) node.splice(0, 1, 'date', item.getTime());
      else if (item instanceof Error) node.splice(0, 1, 'error', item.name, item.message);
      else if (item instanceof RegExp) node.splice(0, 1, 'regexp', item.source, item.flags);
      else if (item instanceof ArrayBuffer) node.splice(0, 1, 'buffer', [...new Uint8Array(item)]);
      else if (ArrayBuffer.isView(item)) {
        node.splice(0, 1, 'bytes', [...new Uint8Array(item.buffer, item.byteOffset, item.byteLength)]);
      } else if (Array.isArray(item)) node.splice(0, 1, 'array', item.map(visit));
      else if (item instanceof Set) node.splice(0, 1, 'set', [...item].map(visit));
      else if (item instanceof Map) {
        node.splice(
          0,
          1,
          'map',
          [...item].map(([key, entry]): [number, number] => [visit(key), visit(entry)]),
        );
      } else
        node.push(
          Object.entries(item).map(([key, entry]): [number, number] => [add(['plain', key]), visit(entry)]),
        );
      return at;
    }

    visit(structuredClone(value));
    return JSON.stringify(nodes);
  }

  function decode(text: string): unknown {
    const nodes = JSON.parse(text) as Node[];
    const made: unknown[] = [];
    const done = new Set<number>();

    function make(at: number): unknown {
      if (done.has(at)) return made[at];
      done.add(at);
      const [kind, first, second] = nodes[at]!;
      switch (kind) {
        case 'null':
          return (made[at] = null);
        case 'bigint':
          return (made[at] = BigInt(first as string));
        case 'number':
          return (made[at] = Number(first));
        case 'plain':
          return (made[at] = first);
        case 'date':
          return (made[at] = new Date(first as number));
        case 'error':
          return (made[at] = Object.assign(new Error(second as string), { name: first }));
        case 'regexp':
          return (made[at] = new RegExp(first as string, second as string));
        case 'buffer':
          return (made[at] = new Uint8Array(first as number[]).buffer);
        case 'bytes':
          return (made[at] = new Uint8Array(first as number[]));
        case 'array': {
          const list: unknown[] = [];
          made[at] = list;
          for (const index of first as number[]) list.push(make(index));
          return list;
        }
        case 'set': {
          const set = new Set<unknown>();
          made[at] = set;
          for (const index of first as number[]) set.add(make(index));
          return set;
        }
        case 'map': {
          const map = new Map<unknown, unknown>();
          made[at] = map;
          for (const [key, entry] of first as [number, number][]) map.set(make(key), make(entry));
          return map;
        }
        case 'object': {
          const object: Record<string, unknown> = {};
          made[at] = object;
          for (const [key, entry] of first as [number, number][]) {
            // Defined, not assigned: a key may be `__proto__`.
            Object.defineProperty(object, make(key) as string, {
              value: make(entry),
              writable: true,
              enumerable: true,
              configurable: true,
            });
          }
          return object;
        }
        default:
          return undefined;
      }
    }

    return make(0);
  }

  return { encode, decode };
}
