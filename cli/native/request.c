#include "request.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "json-text.h"

/* What JavaScript's `\s` has of ASCII, and the comma: see `cli/scopes.ts`. */
static const char BETWEEN_WORDS[] = " \t\n\v\f\r,";

static bool is_ascii(const char *text) {
  for (; *text != '\0'; text++)
    if ((unsigned char)*text >= 0x80) return false;
  return true;
}

static bool write_words(const char *text, struct bytes *body) {
  const char *before = "[";
  char word[256];
  if (!is_ascii(text)) return false;
  for (text += strspn(text, BETWEEN_WORDS); *text != '\0'; text += strspn(text, BETWEEN_WORDS)) {
    size_t length = strcspn(text, BETWEEN_WORDS);
    if (length >= sizeof word) return false;
    memcpy(word, text, length);
    word[length] = '\0';
    if (!bytes_add_text(body, before) || !json_text_write(word, body)) return false;
    before = ",";
    text += length;
  }
  return bytes_add_text(body, *before == '[' ? "[]" : "]");
}

static bool write_number(const char *text, struct bytes *body) {
  char number[24];
  snprintf(number, sizeof number, "%ld", strtol(text, NULL, 10));
  return bytes_add_text(body, number);
}

static bool write_option(const struct args *args, const struct field_spec *field, const char *value, struct bytes *body) {
  if (field->source == FROM_WORDS_OF_OPTION) return write_words(value, body);
  bool is_number = args->command->options[field->option].kind == OPTION_NUMBER;
  return is_number ? write_number(value, body) : json_text_write(value, body);
}

/* As the contract has it; longer ones are left to the Node client, which shortens them. */
enum { LONGEST_PROGRAM = 500 };

/** Never more of a command than the name of its program: its arguments may be secret. */
static const char *program_of(const struct args *args) {
  const char *slash = strrchr(args->rest[0], '/');
  return slash != NULL ? slash + 1 : args->rest[0];
}

/** What the field has, NULL for nothing. `folder` has room for the current one. */
static const char *value_of(const struct args *args, const struct field_spec *field, char *folder) {
  switch (field->source) {
    case FROM_WORD:
      return args->word;
    case FROM_OPTION:
    case FROM_WORDS_OF_OPTION:
      return args->options[field->option] != NULL ? args->options[field->option] : field->text;
    case FROM_CONSTANT:
      return field->text;
    case FROM_INPUT:
      return args->input;
    case FROM_FOLDER:
      return getcwd(folder, PATH_MAX);
    case FROM_FOLDER_WITHOUT_WORD:
      return args->word == NULL ? getcwd(folder, PATH_MAX) : NULL;
    case FROM_PROGRAM:
      return program_of(args);
  }
  return NULL;
}

static bool write_value(const struct args *args, const struct field_spec *field, const char *value, struct bytes *body) {
  switch (field->source) {
    case FROM_OPTION:
    case FROM_WORDS_OF_OPTION:
      return write_option(args, field, value, body);
    case FROM_CONSTANT:
      return bytes_add_text(body, value);
    case FROM_WORD:
    case FROM_INPUT:
    case FROM_FOLDER:
    case FROM_FOLDER_WITHOUT_WORD:
      return is_utf8(value) && json_text_write(value, body);
    case FROM_PROGRAM:
      return strlen(value) <= LONGEST_PROGRAM && is_utf8(value) && json_text_write(value, body);
  }
  return false;
}

static bool write_body(const struct args *args, struct bytes *body) {
  char folder[PATH_MAX];
  const char *before = "{";
  for (const struct field_spec *field = args->command->fields; field->name != NULL; field++) {
    const char *value = value_of(args, field, folder);
    if (value == NULL) continue;
    if (!bytes_add_text(body, before) || !json_text_write(field->name, body)) return false;
    if (!bytes_add_text(body, ":") || !write_value(args, field, value, body)) return false;
    before = ",";
  }
  return bytes_add_text(body, *before == '{' ? "{}" : "}");
}

static bool write_head(const struct args *args, const struct place *place, size_t length, struct bytes *request) {
  static const char SESSION_BUS[] = "tokentray-session-bus: ";
  char size[32];
  snprintf(size, sizeof size, "%zu", length);
  bool has_bus = place->session_bus[0] != '\0';
  const char *const parts[] = {
      "POST /v1/", args->command->call, " HTTP/1.1\r\nHost: tokentray\r\nConnection: close\r\nPrefer: processing\r\n",
      has_bus ? SESSION_BUS : "", place->session_bus, has_bus ? "\r\n" : "",
      "Content-Type: application/json\r\nContent-Length: ", size, "\r\n\r\n",
  };
  for (size_t index = 0; index < sizeof parts / sizeof parts[0]; index++)
    if (!bytes_add_text(request, parts[index])) return false;
  return true;
}

bool request_write(const struct args *args, const struct place *place, struct bytes *request) {
  struct bytes body = {0};
  bool is_written = write_body(args, &body) && write_head(args, place, body.length, request) &&
                    bytes_add(request, body.at, body.length);
  bytes_drop(&body);
  return is_written;
}
