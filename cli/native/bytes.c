#include "bytes.h"

#include <stdlib.h>
#include <string.h>

enum { FIRST_ROOM = 4096 };

void wipe(void *at, size_t length) {
  volatile unsigned char *byte = at;
  while (length-- > 0) *byte++ = 0;
}

bool bytes_reserve(struct bytes *bytes, size_t more) {
  if (more <= bytes->room - bytes->length) return true;
  size_t room = bytes->room == 0 ? FIRST_ROOM : bytes->room;
  while (room - bytes->length < more) {
    if (room > (size_t)-1 / 2) return false;
    room *= 2;
  }
  /* Not realloc, which would leave a copy behind. */
  char *at = malloc(room);
  if (at == NULL) return false;
  struct bytes old = *bytes;
  if (old.length > 0) memcpy(at, old.at, old.length);
  *bytes = (struct bytes){at, old.length, room};
  bytes_drop(&old);
  return true;
}

bool bytes_add(struct bytes *bytes, const void *from, size_t length) {
  if (!bytes_reserve(bytes, length)) return false;
  if (length > 0) memcpy(bytes->at + bytes->length, from, length);
  bytes->length += length;
  return true;
}

bool bytes_add_text(struct bytes *bytes, const char *text) { return bytes_add(bytes, text, strlen(text)); }

void bytes_drop(struct bytes *bytes) {
  if (bytes->at != NULL) wipe(bytes->at, bytes->length);
  free(bytes->at);
  *bytes = (struct bytes){0};
}

static bool continues(unsigned char byte) { return (byte & 0xc0) == 0x80; }

size_t utf8_length(const char *at, size_t length) {
  const unsigned char *byte = (const unsigned char *)at;
  if (length == 0) return 0;
  if (byte[0] < 0x80) return 1;
  size_t size = byte[0] >= 0xf0 ? 4 : byte[0] >= 0xe0 ? 3 : 2;
  if (byte[0] < 0xc2 || byte[0] > 0xf4 || length < size) return 0;
  for (size_t index = 1; index < size; index++)
    if (!continues(byte[index])) return 0;
  /* Longer than needed, a surrogate, or past the last character. */
  if (byte[0] == 0xe0 && byte[1] < 0xa0) return 0;
  if (byte[0] == 0xed && byte[1] > 0x9f) return 0;
  if (byte[0] == 0xf0 && byte[1] < 0x90) return 0;
  if (byte[0] == 0xf4 && byte[1] > 0x8f) return 0;
  return size;
}

bool is_utf8(const char *text) {
  size_t length = strlen(text);
  for (size_t at = 0; at < length;) {
    size_t size = utf8_length(text + at, length - at);
    if (size == 0) return false;
    at += size;
  }
  return true;
}
