#include "json-text.h"

#include <stdint.h>
#include <stdio.h>
#include <string.h>

/* The short escapes, and what each stands for. */
static const char SHORT[] = "\"\\/bfnrt";
static const char MEANT[] = "\"\\/\b\f\n\r\t";

enum { UNICODE_ESCAPE = 6 };

/** The four hexadecimal digits of an escape; -1 if they are none. */
static int32_t read_hex(const char *at, const char *end) {
  int32_t unit = 0;
  if (end - at < 4) return -1;
  for (int index = 0; index < 4; index++) {
    char digit = at[index];
    int value = digit >= '0' && digit <= '9'   ? digit - '0'
                : digit >= 'a' && digit <= 'f' ? digit - 'a' + 10
                : digit >= 'A' && digit <= 'F' ? digit - 'A' + 10
                                               : -1;
    if (value < 0) return -1;
    unit = unit * 16 + value;
  }
  return unit;
}

static bool is_high_surrogate(int32_t unit) { return unit >= 0xd800 && unit <= 0xdbff; }
static bool is_low_surrogate(int32_t unit) { return unit >= 0xdc00 && unit <= 0xdfff; }

/** The character that a `\u` escape at `at` means, with that of its pair if it has one; -1 if it is none. */
static int32_t read_unicode(const char *at, const char *end, size_t *length) {
  int32_t unit = read_hex(at + 2, end);
  *length = UNICODE_ESCAPE;
  if (unit < 0 || is_low_surrogate(unit)) return -1;
  if (!is_high_surrogate(unit)) return unit;
  const char *pair = at + UNICODE_ESCAPE;
  if (end - pair < 2 || pair[0] != '\\' || pair[1] != 'u') return -1;
  int32_t low = read_hex(pair + 2, end);
  if (!is_low_surrogate(low)) return -1;
  *length = (size_t)2 * UNICODE_ESCAPE;
  return 0x10000 + ((unit - 0xd800) << 10) + (low - 0xdc00);
}

/** `JSON.stringify` escapes so only what has no shorter escape, and in small letters. */
static bool is_canonical_unicode(const char *at, int32_t character) {
  if (character >= 0x20 || character == '\b' || character == '\f') return false;
  if (character == '\n' || character == '\r' || character == '\t') return false;
  return at[5] < 'A' || at[5] > 'F';
}

/** Length of the escape at `at`; 0 if it is none. */
static size_t escape_length(const char *at, const char *end, bool *is_canonical) {
  if (end - at < 2) return 0;
  if (at[1] != 'u') {
    if (at[1] == '/') *is_canonical = false;
    return at[1] != '\0' && strchr(SHORT, at[1]) != NULL ? 2 : 0;
  }
  size_t length;
  int32_t character = read_unicode(at, end, &length);
  if (character < 0) return 0;
  if (!is_canonical_unicode(at, character)) *is_canonical = false;
  return length;
}

ptrdiff_t json_text_length(const char *at, const char *end, bool *is_canonical, bool *has_escapes) {
  const char *start = at;
  while (at < end && *at != '"') {
    size_t length = 0;
    if (*at == '\\') {
      *has_escapes = true;
      length = escape_length(at, end, is_canonical);
    } else if ((unsigned char)*at >= 0x20) {
      length = utf8_length(at, (size_t)(end - at));
    }
    if (length == 0) return -1;
    at += length;
  }
  return at < end ? at - start : -1;
}

static bool add_character(int32_t character, struct bytes *to) {
  uint32_t code = (uint32_t)character;
  unsigned char byte[4];
  size_t length;
  if (code < 0x80) {
    byte[0] = (unsigned char)code;
    length = 1;
  } else if (code < 0x800) {
    byte[0] = (unsigned char)(0xc0 | code >> 6);
    length = 2;
  } else if (code < 0x10000) {
    byte[0] = (unsigned char)(0xe0 | code >> 12);
    length = 3;
  } else {
    byte[0] = (unsigned char)(0xf0 | code >> 18);
    length = 4;
  }
  for (size_t index = 1; index < length; index++)
    byte[index] = (unsigned char)(0x80 | (code >> 6 * (length - 1 - index) & 0x3f));
  return bytes_add(to, byte, length);
}

bool json_text_add(const char *at, size_t length, struct bytes *to) {
  const char *end = at + length;
  while (at < end) {
    const char *escape = memchr(at, '\\', (size_t)(end - at));
    if (!bytes_add(to, at, (size_t)((escape == NULL ? end : escape) - at))) return false;
    if (escape == NULL) return true;
    size_t taken = 2;
    int32_t character =
        escape[1] == 'u' ? read_unicode(escape, end, &taken) : MEANT[strchr(SHORT, escape[1]) - SHORT];
    if (!add_character(character, to)) return false;
    at = escape + taken;
  }
  return true;
}

bool json_text_write(const char *text, struct bytes *to) {
  if (!bytes_add_text(to, "\"")) return false;
  for (; *text != '\0'; text++) {
    const char *meant = *text == '/' ? NULL : strchr(MEANT, *text);
    char escape[UNICODE_ESCAPE + 1];
    if (meant != NULL) snprintf(escape, sizeof escape, "\\%c", SHORT[meant - MEANT]);
    else if ((unsigned char)*text < 0x20) snprintf(escape, sizeof escape, "\\u%04x", (unsigned)*text);
    else snprintf(escape, sizeof escape, "%c", *text);
    if (!bytes_add_text(to, escape)) return false;
  }
  return bytes_add_text(to, "\"");
}
