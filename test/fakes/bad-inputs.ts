import { z } from 'zod';

/** What a JSON Schema says that matters here. */
interface Schema {
  type?: string;
  properties?: Record<string, Schema>;
  required?: string[];
  items?: Schema;
  additionalProperties?: Schema | boolean;
  anyOf?: Schema[];
  oneOf?: Schema[];
  enum?: unknown[];
  const?: unknown;
  pattern?: string;
  format?: string;
  minimum?: number;
  maximum?: number;
  minLength?: number;
  maxLength?: number;
  minItems?: number;
  maxItems?: number;
}

type Path = readonly (string | number)[];

/** Texts of which one matches each pattern of the contract. */
const TEXTS = [
  'atlassian',
  'abcd1234',
  'example.com',
  'X-Header',
  'GET',
  '/rest',
  '2026-01-31',
  '2026-01-31T09:30:00Z',
];

/** By name, what only a check in code knows to be right. */
const RIGHT: Readonly<Record<string, unknown>> = { url: 'http://proxy.example:8080', location: '/a.pac' };

export const schemaOf = (schema: z.ZodType): Schema =>
  z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any', reused: 'inline' }) as Schema;

/** A value that fits. `inside`: the path in it that must be there. */
export function fitting(schema: Schema, inside: Path = [], name = ''): unknown {
  const [next, ...deeper] = inside;
  const branch = branchFor(schema, inside);
  if (branch !== schema) return fitting(branch, inside, name);
  if (Object.hasOwn(RIGHT, name)) return RIGHT[name];
  if (schema.const !== undefined) return schema.const;
  if (schema.enum !== undefined) return schema.enum[0];
  switch (schema.type ?? 'string') {
    case 'object':
      return Object.fromEntries(
        Object.entries(schema.properties ?? {})
          .filter(([key]) => schema.required?.includes(key) === true || key === next)
          .map(([key, value]) => [key, fitting(value, key === next ? deeper : [], key)]),
      );
    case 'array': {
      const length = Math.max(schema.minItems ?? 0, next === undefined ? 0 : 1);
      return Array.from({ length }, () => fitting(schema.items ?? {}, deeper));
    }
    case 'integer':
    case 'number':
      return schema.minimum ?? 1;
    case 'boolean':
      return true;
    case 'null':
      return null;
    default:
      return textFor(schema);
  }
}

function textFor({ format, pattern, minLength }: Schema): string {
  if (format === 'uuid') return '11111111-1111-4111-8111-111111111111';
  const fits = TEXTS.find((text) => pattern === undefined || new RegExp(pattern).test(text));
  if (fits === undefined) throw new Error(`no text fits ${pattern ?? ''}: add one`);
  return fits.padEnd(minLength ?? 0, 'x');
}

/** Of alternatives, the first in which the path is, or the first one. */
function branchFor(schema: Schema, inside: Path): Schema {
  const branches = schema.anyOf ?? schema.oneOf;
  if (branches === undefined) return schema;
  return branches.find((branch) => has(branch, inside)) ?? branches[0] ?? schema;
}

function has(schema: Schema, [next, ...rest]: Path): boolean {
  if (next === undefined) return true;
  const branches = schema.anyOf ?? schema.oneOf;
  if (branches !== undefined) return branches.some((branch) => has(branch, [next, ...rest]));
  const below = typeof next === 'number' ? schema.items : schema.properties?.[next];
  return below !== undefined && has(below, rest);
}

/** Every field of an input, also inside others, with its schema. */
export function fieldsOf(schema: Schema, path: Path = []): { path: Path; schema: Schema }[] {
  return [
    ...(path.length > 0 ? [{ path, schema }] : []),
    ...[...(schema.anyOf ?? []), ...(schema.oneOf ?? [])].flatMap((branch) =>
      fieldsOf(branch, path).filter((field) => field.path.length > path.length),
    ),
    ...Object.entries(schema.properties ?? {}).flatMap(([key, value]) => fieldsOf(value, [...path, key])),
    ...(schema.items === undefined ? [] : fieldsOf(schema.items, [...path, 0])),
  ];
}

/** Values of which most do not fit; `undefined` leaves the field out. */
export const misfits = (schema: Schema): unknown[] => [
  undefined,
  null,
  {},
  [],
  true,
  '',
  ' ',
  'Not This!',
  -1,
  1.5,
  1e300,
  { a: 1 },
  [{}],
  ...[schema, ...(schema.anyOf ?? []), ...(schema.oneOf ?? [])].flatMap(
    ({ maxLength, maximum, maxItems, items }) => [
      ...(maxLength === undefined ? [] : ['x'.repeat(maxLength + 1)]),
      ...(maximum === undefined ? [] : [maximum + 1]),
      ...(maxItems === undefined || items === undefined
        ? []
        : [Array.from({ length: maxItems + 1 }, () => fitting(items))]),
    ],
  ),
];

/** A copy of `value` with something else at the path. */
export function withAt(value: unknown, [next, ...rest]: Path, other: unknown): unknown {
  if (next === undefined) return other;
  if (Array.isArray(value))
    return value.map((item: unknown, index) => (index === next ? withAt(item, rest, other) : item));
  const object = { ...(value as Record<string, unknown>) };
  const changed = withAt(object[next], rest, other);
  return changed === undefined
    ? Object.fromEntries(Object.entries(object).filter(([key]) => key !== next))
    : { ...object, [next]: changed };
}

/** What is at the path; undefined where nothing is. */
export const valueAt = (value: unknown, path: Path): unknown =>
  path.reduce<unknown>(
    (inner, key) =>
      typeof inner === 'object' && inner !== null
        ? (inner as Record<string | number, unknown>)[key]
        : undefined,
    value,
  );
