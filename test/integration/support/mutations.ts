/** A repeatable source of numbers (mulberry32): `next(n)` gives an integer from 0 up to n, exclusive. */
export function numbers(seed: number): (below: number) => number {
  let state = seed >>> 0;
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * below);
  };
}

/** What parsers have stumbled over elsewhere. */
const ODD = [
  '"__proto__":{"polluted":1}',
  '"constructor":{"prototype":{"polluted":1}}',
  '__proto__',
  'null',
  'true',
  '-0',
  '1e999',
  '99999999999999999999',
  '""',
  '[]',
  '{}',
  '[[[[[[[[[[',
  '{"a":'.repeat(40),
  '\\u0000',
  '\\ud800',
  '\u2028',
  '\u202e',
  '\ufeff',
  '\r\n\r\n',
  '\0',
  ' ',
  ',',
  '"',
  '\\',
  'x'.repeat(300),
] as const;

/** One to four changes of a text: cut, repeated, swapped or replaced parts, odd parts put in. */
export function mutate(text: string, next: (below: number) => number): string {
  let changed = text;
  for (let times = 1 + next(4); times > 0; times--) {
    const at = next(changed.length + 1);
    const to = Math.min(changed.length, at + next(12));
    const [before, part, after] = [changed.slice(0, at), changed.slice(at, to), changed.slice(to)];
    switch (next(6)) {
      case 0:
        changed = before + after;
        break;
      case 1:
        changed = before + part + part + after;
        break;
      case 2:
        changed = before + String.fromCharCode(next(next(4) === 0 ? 0xffff : 0x80)) + after;
        break;
      case 3:
        changed = after + before;
        break;
      default:
        changed = before + (ODD[next(ODD.length)] ?? '') + after;
    }
  }
  return changed;
}
