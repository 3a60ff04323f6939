#include "json.h"

#include <string.h>

#include "json-text.h"

enum { MOST_INTEGER_DIGITS = 15 };

struct reader {
  struct json *json;
  const char *at;
  const char *end;
};

static bool is_digit(char byte) { return byte >= '0' && byte <= '9'; }

static void skip_blanks(struct reader *reader) {
  while (reader->at < reader->end && strchr(" \t\n\r", *reader->at) != NULL && *reader->at != '\0') {
    reader->json->is_canonical = false;
    reader->at++;
  }
}

static bool take(struct reader *reader, char byte) {
  if (reader->at == reader->end || *reader->at != byte) return false;
  reader->at++;
  return true;
}

static struct json_value *add_value(struct reader *reader, enum json_kind kind) {
  struct json *json = reader->json;
  if (json->count == JSON_MOST_VALUES) return NULL;
  struct json_value *value = &json->values[json->count++];
  uint32_t at = (uint32_t)(reader->at - json->text);
  *value = (struct json_value){kind, at, at, json->count};
  return value;
}

/** Reads `null`, `true` or `false`. */
static bool read_word(struct reader *reader, const char *word, enum json_kind kind) {
  size_t length = strlen(word);
  if ((size_t)(reader->end - reader->at) < length || memcmp(reader->at, word, length) != 0) return false;
  if (add_value(reader, kind) == NULL) return false;
  reader->at += length;
  return true;
}

static size_t skip_digits(struct reader *reader) {
  const char *start = reader->at;
  while (reader->at < reader->end && is_digit(*reader->at)) reader->at++;
  return (size_t)(reader->at - start);
}

static bool read_number(struct reader *reader) {
  if (add_value(reader, JSON_NUMBER) == NULL) return false;
  bool negative = take(reader, '-');
  bool zero = reader->at < reader->end && *reader->at == '0';
  size_t digits = skip_digits(reader);
  if (digits == 0 || (zero && digits > 1)) return false;
  bool plain = digits <= MOST_INTEGER_DIGITS && !(negative && zero);
  if (take(reader, '.')) {
    plain = false;
    if (skip_digits(reader) == 0) return false;
  }
  if (take(reader, 'e') || take(reader, 'E')) {
    plain = false;
    if (!take(reader, '+')) take(reader, '-');
    if (skip_digits(reader) == 0) return false;
  }
  if (!plain) reader->json->is_canonical = false;
  return true;
}

static struct json_value *read_text(struct reader *reader, bool *has_escapes) {
  if (!take(reader, '"')) return NULL;
  ptrdiff_t length = json_text_length(reader->at, reader->end, &reader->json->is_canonical, has_escapes);
  struct json_value *value = length < 0 ? NULL : add_value(reader, JSON_TEXT);
  if (value == NULL) return NULL;
  value->end = value->start + (uint32_t)length;
  reader->at += length + 1;
  return value;
}

static bool read_value(struct reader *reader, unsigned depth);

static bool read_list(struct reader *reader, unsigned depth) {
  struct json_value *list = add_value(reader, JSON_LIST);
  if (list == NULL || !take(reader, '[')) return false;
  skip_blanks(reader);
  if (take(reader, ']')) return true;
  do {
    if (!read_value(reader, depth)) return false;
  } while (take(reader, ','));
  list->after = reader->json->count;
  return take(reader, ']');
}

static bool is_key(const struct json *json, const struct json_value *text, const char *key, size_t length) {
  return text->end - text->start == length && memcmp(json->text + text->start, key, length) == 0;
}

/** Whether the object has a key before `last` with the same name. */
static bool is_repeated(const struct json *json, const struct json_value *object, const struct json_value *last) {
  const char *name = json->text + last->start;
  for (const struct json_value *key = object + 1; key < last; key = json->values + key[1].after)
    if (is_key(json, key, name, last->end - last->start)) return true;
  return false;
}

/** `JSON.parse` moves keys that are indexes of a list to the front. */
static bool is_index(const struct json *json, const struct json_value *key) {
  for (uint32_t at = key->start; at < key->end; at++)
    if (!is_digit(json->text[at])) return false;
  return key->end > key->start;
}

static bool read_object(struct reader *reader, unsigned depth) {
  struct json_value *object = add_value(reader, JSON_OBJECT);
  if (object == NULL || !take(reader, '{')) return false;
  skip_blanks(reader);
  if (take(reader, '}')) return true;
  do {
    bool has_escapes = false;
    skip_blanks(reader);
    const struct json_value *key = read_text(reader, &has_escapes);
    if (key == NULL || has_escapes || is_repeated(reader->json, object, key)) return false;
    if (is_index(reader->json, key)) reader->json->is_canonical = false;
    skip_blanks(reader);
    if (!take(reader, ':') || !read_value(reader, depth)) return false;
  } while (take(reader, ','));
  object->after = reader->json->count;
  return take(reader, '}');
}

/** Reads a value with the blanks around it. */
static bool read_value(struct reader *reader, unsigned depth) {
  bool has_escapes;
  bool is_read;
  skip_blanks(reader);
  if (reader->at == reader->end || depth == JSON_DEEPEST) return false;
  switch (*reader->at) {
    case '{':
      is_read = read_object(reader, depth + 1);
      break;
    case '[':
      is_read = read_list(reader, depth + 1);
      break;
    case '"':
      is_read = read_text(reader, &has_escapes) != NULL;
      break;
    case 'n':
      is_read = read_word(reader, "null", JSON_NULL);
      break;
    case 't':
      is_read = read_word(reader, "true", JSON_FLAG);
      break;
    case 'f':
      is_read = read_word(reader, "false", JSON_FLAG);
      break;
    default:
      is_read = read_number(reader);
  }
  skip_blanks(reader);
  return is_read;
}

bool json_read(struct json *json, const char *text, size_t length) {
  json->text = text;
  json->count = 0;
  json->is_canonical = true;
  if (length >= UINT32_MAX) return false;
  struct reader reader = {json, text, text + length};
  return read_value(&reader, 0) && reader.at == reader.end;
}

const struct json_value *json_get(const struct json *json, const struct json_value *object, const char *key) {
  if (!json_is(object, JSON_OBJECT)) return NULL;
  const struct json_value *end = json->values + object->after;
  size_t length = strlen(key);
  for (const struct json_value *at = object + 1; at < end; at = json->values + at[1].after)
    if (is_key(json, at, key, length)) return at + 1;
  return NULL;
}

bool json_is(const struct json_value *value, enum json_kind kind) { return value != NULL && value->kind == kind; }

const struct json_value *json_next(const struct json *json, const struct json_value *list,
                                   const struct json_value *before) {
  const struct json_value *next = before == NULL ? list + 1 : json->values + before->after;
  return next < json->values + list->after ? next : NULL;
}

bool json_add_text(const struct json *json, const struct json_value *text, struct bytes *to) {
  return json_text_add(json->text + text->start, text->end - text->start, to);
}
