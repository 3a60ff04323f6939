import { fail, ok } from '../../lib/result.ts';
import type { Entry } from '../clients/client.ts';
import { lineEnding } from './edit.ts';
import type { Format } from './format.ts';
import { named, parseDocument, plainValue, properties } from './json-document.ts';
import { indentOf, insertProperty, layoutOf, valueText, wholeFile } from './json-insert.ts';
import { takeProperty } from './json-take.ts';

const isBlank = (text: string): boolean => text.trim() === '';

/** JSON, and JSON with comments. */
export const json: Format = {
  entries(text, servers) {
    if (isBlank(text)) return ok(new Map<string, Entry>());
    const document = parseDocument(text, servers);
    if (!document.ok) return document;
    const found = document.value.servers === null ? [] : properties(document.value.servers);
    const twice = found.find(
      ({ key }, index) => found.findIndex((one) => one.key.value === key.value) < index,
    );
    if (twice !== undefined)
      return fail('conflict', `It has “${String(twice.key.value)}” more than once.`, 'Remove one of them.');
    return ok(
      new Map(
        found.flatMap(({ key, value }) =>
          value.type === 'object' ? [[String(key.value), plainValue(value) as Entry] as const] : [],
        ),
      ),
    );
  },

  put(text, servers, name, entry) {
    if (isBlank(text)) {
      const whole = wholeFile({ [servers]: { [name]: entry } }, lineEnding(text));
      return ok([{ at: 0, length: text.length, insert: whole }]);
    }
    const document = parseDocument(text, servers);
    if (!document.ok) return document;
    const { root, servers: held } = document.value;
    const layout = layoutOf(text, root);
    if (held === null) return ok([insertProperty(text, root, servers, { [name]: entry }, layout)]);
    const present = named(held, name);
    if (present === null) return ok([insertProperty(text, held, name, entry, layout)]);
    const { offset, length } = present.value;
    const isOneLine = !text.slice(offset, offset + length).includes('\n');
    const insert = isOneLine ? JSON.stringify(entry) : valueText(entry, indentOf(text, offset), layout);
    return ok([{ at: offset, length, insert }]);
  },

  take(text, servers, name) {
    const document = parseDocument(text, servers);
    if (!document.ok) return document;
    const held = document.value.servers;
    const present = held === null ? null : named(held, name);
    return ok(held === null || present === null ? [] : takeProperty(text, held, present));
  },
};
