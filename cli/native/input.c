#include "input.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

enum { MOST_INPUT = 65536, PIECE = 4096 };

static bool read_all(struct bytes *input) {
  while (input->length <= MOST_INPUT) {
    if (!bytes_reserve(input, PIECE)) return false;
    ssize_t count = read(STDIN_FILENO, input->at + input->length, PIECE);
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) return count == 0;
    input->length += (size_t)count;
  }
  return false;
}

bool input_read(struct bytes *input) {
  if (isatty(STDIN_FILENO) || !read_all(input)) return false;
  if (input->length > 0 && memchr(input->at, '\0', input->length) != NULL) return false;
  if (!bytes_add(input, "", 1)) return false;
  input->length--;
  return is_utf8(input->at);
}
