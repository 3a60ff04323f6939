#include "answer.h"

#include <stdio.h>
#include <string.h>

/**
 * Length of what JSON does not escape but a terminal acts on, as in `cli/present/json-line.ts`; 0 if there is none at `at`.
 * `code` is the character's.
 */
static size_t terminal_control(const unsigned char *at, size_t length, unsigned *code) {
  if (at[0] == 0x7f) {
    *code = 0x7f;
    return 1;
  }
  if (length >= 2 && at[0] == 0xc2 && at[1] <= 0x9f) {
    *code = at[1];
    return 2;
  }
  if (length < 3 || at[0] != 0xe2 || (at[1] != 0x80 && at[1] != 0x81)) return 0;
  *code = 0x2000 + (at[1] - 0x80u) * 0x40 + (at[2] - 0x80u);
  bool acts = (*code >= 0x2028 && *code <= 0x202e && *code != 0x202f) || (*code >= 0x2066 && *code <= 0x2069);
  return acts ? 3 : 0;
}

/** The document as one line that is safe to show. It must be canonical. */
static bool add_document(const struct bytes *body, struct bytes *output) {
  size_t copied = 0;
  for (size_t at = 0; at < body->length;) {
    unsigned code = 0;
    size_t length = terminal_control((const unsigned char *)body->at + at, body->length - at, &code);
    if (length == 0) {
      at++;
      continue;
    }
    char escape[sizeof "\\u2028"];
    snprintf(escape, sizeof escape, "\\u%04x", code & 0xffff);
    if (!bytes_add(output, body->at + copied, at - copied) || !bytes_add_text(output, escape)) return false;
    copied = at += length;
  }
  return bytes_add(output, body->at + copied, body->length - copied) && bytes_add_text(output, "\n");
}

static bool is_text(const struct json *json, const struct json_value *object, const char *key) {
  return json_is(json_get(json, object, key), JSON_TEXT);
}

bool answer_value(struct json *json, const struct bytes *body, bool as_json, struct bytes *output) {
  if (!json_read(json, body->at, body->length)) return false;
  const struct json_value *root = json->values;
  const struct json_value *connection = json_get(json, root, "connection");
  const struct json_value *expires = json_get(json, root, "expiresAt");
  if (!is_text(json, connection, "id") || !is_text(json, connection, "name")) return false;
  if (!is_text(json, root, "field") || !is_text(json, root, "value")) return false;
  if (!json_is(expires, JSON_NULL) && !json_is(expires, JSON_TEXT)) return false;
  if (as_json) return json->is_canonical && add_document(body, output);
  return json_add_text(json, json_get(json, root, "value"), output) && bytes_add_text(output, "\n");
}

static bool read_env(struct json *json, const struct bytes *body) {
  if (!json_read(json, body->at, body->length)) return false;
  const struct json_value *root = json->values;
  const struct json_value *connection = json_get(json, root, "connection");
  const struct json_value *list = json_get(json, root, "variables");
  if (!is_text(json, connection, "id") || !is_text(json, connection, "name")) return false;
  if (!json_is(list, JSON_LIST) || !is_text(json, root, "text")) return false;
  const struct json_value *variable = NULL;
  while ((variable = json_next(json, list, variable)) != NULL)
    if (!is_text(json, variable, "name") || !is_text(json, variable, "value") ||
        !json_is(json_get(json, variable, "secret"), JSON_FLAG))
      return false;
  return true;
}

bool answer_text(struct json *json, const struct bytes *body, bool as_json, struct bytes *output) {
  if (!read_env(json, body)) return false;
  if (as_json) return json->is_canonical && add_document(body, output);
  if (!json_add_text(json, json_get(json, json->values, "text"), output)) return false;
  bool is_whole = output->length == 0 || output->at[output->length - 1] == '\n';
  return is_whole || bytes_add_text(output, "\n");
}

bool answer_attributes(struct json *json, const struct bytes *body, bool as_json, struct bytes *output) {
  (void)as_json;
  if (!json_read(json, body->at, body->length)) return false;
  const struct json_value *attributes = json_get(json, json->values, "attributes");
  if (!json_is(attributes, JSON_TEXT) || !json_is(json_get(json, json->values, "failure"), JSON_NULL)) return false;
  return json_add_text(json, attributes, output);
}

/** Adds a text that can be part of an environment. `stop`: a character that it must not have, besides NUL. */
static bool add_part(const struct json *json, const struct json_value *text, char stop, struct bytes *output) {
  size_t before = output->length;
  if (!json_add_text(json, text, output)) return false;
  const char *part = output->at + before;
  size_t length = output->length - before;
  return length == 0 || (memchr(part, '\0', length) == NULL && (stop == '\0' || memchr(part, stop, length) == NULL));
}

bool answer_variables(struct json *json, const struct bytes *body, bool as_json, struct bytes *output) {
  (void)as_json;
  if (!read_env(json, body)) return false;
  // Of a template, which is a file and has none: the Node client says so.
  if (json_get(json, json->values, "template") != NULL) return false;
  const struct json_value *list = json_get(json, json->values, "variables");
  const struct json_value *variable = NULL;
  while ((variable = json_next(json, list, variable)) != NULL) {
    const struct json_value *name = json_get(json, variable, "name");
    if (name->start == name->end || !add_part(json, name, '=', output)) return false;
    if (!bytes_add_text(output, "=")) return false;
    if (!add_part(json, json_get(json, variable, "value"), '\0', output)) return false;
    if (!bytes_add(output, "", 1)) return false;
  }
  return true;
}
