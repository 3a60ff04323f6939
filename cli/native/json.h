/* A strict reader of JSON (RFC 8259): accepts a part of what `JSON.parse` does, and reads it as that does. */
#ifndef TOKENTRAY_JSON_H
#define TOKENTRAY_JSON_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "bytes.h"

enum { JSON_MOST_VALUES = 4096, JSON_DEEPEST = 16 };

enum json_kind { JSON_NULL, JSON_FLAG, JSON_NUMBER, JSON_TEXT, JSON_LIST, JSON_OBJECT };

/** A value of the text: of lists and objects the values follow, in objects a text, the key, before each. */
struct json_value {
  enum json_kind kind;
  /** Of a text: what is between the quotes. */
  uint32_t start;
  uint32_t end;
  /** The index behind the last value in it. */
  uint32_t after;
};

struct json {
  const char *text;
  uint32_t count;
  /** Whether `JSON.stringify(JSON.parse(text))` is the text again. */
  bool is_canonical;
  struct json_value values[JSON_MOST_VALUES];
};

/** False for what is no JSON, or has more in it than answers have: lone surrogates, keys with escapes or twice. */
bool json_read(struct json *json, const char *text, size_t length);

/** The value under a key of the object at `object`; NULL if `object` is none, or has no such key. */
const struct json_value *json_get(const struct json *json, const struct json_value *object, const char *key);

/** Whether there is such a value, and it is of this kind. */
bool json_is(const struct json_value *value, enum json_kind kind);

/** The values of a list one by one: begins with NULL, and gives NULL at the end. */
const struct json_value *json_next(const struct json *json, const struct json_value *list,
                                   const struct json_value *before);

/** Adds what a text says, in UTF-8. */
bool json_add_text(const struct json *json, const struct json_value *text, struct bytes *to);

#endif
