/* A growing run of bytes that may be secret: what it leaves behind is wiped. */
#ifndef TOKENTRAY_BYTES_H
#define TOKENTRAY_BYTES_H

#include <stdbool.h>
#include <stddef.h>

struct bytes {
  char *at;
  size_t length;
  size_t room;
};

/** Makes room for `more` further bytes. False when there is no memory for them. */
bool bytes_reserve(struct bytes *bytes, size_t more);
bool bytes_add(struct bytes *bytes, const void *from, size_t length);
bool bytes_add_text(struct bytes *bytes, const char *text);
/** Wipes and frees. */
void bytes_drop(struct bytes *bytes);

/** Overwrites memory in a way that the compiler does not leave out. */
void wipe(void *at, size_t length);

/** Length of the UTF-8 character (RFC 3629) at `at`, of which `length` bytes are there; 0 if it is none. */
size_t utf8_length(const char *at, size_t length);
bool is_utf8(const char *text);

#endif
