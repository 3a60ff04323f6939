#include "http.h"

#include <string.h>
#include <strings.h>

/* The limits of `response-parser.ts`. */
enum { MAX_HEAD = 65536, MAX_LINE = 4096, MAX_SIZE_DIGITS = 8, MAX_LENGTH_DIGITS = 15 };

static const char STATUS[] = "HTTP/1.1 200";

/** How the body ends. */
struct framing {
  bool is_chunked;
  bool has_length;
  size_t length;
};

static bool is_blank(char byte) { return byte == ' ' || byte == '\t'; }
static bool is_digit(char byte) { return byte >= '0' && byte <= '9'; }

static int hex_digit(char byte) {
  if (is_digit(byte)) return byte - '0';
  if (byte >= 'a' && byte <= 'f') return byte - 'a' + 10;
  if (byte >= 'A' && byte <= 'F') return byte - 'A' + 10;
  return -1;
}

/** The value of a header line if it has this name, without blanks around it; else NULL. */
static const char *value_of(const char *name, const char *line, size_t length, size_t *value_length) {
  size_t at = strlen(name);
  if (length <= at || strncasecmp(line, name, at) != 0 || line[at] != ':') return NULL;
  at++;
  while (at < length && is_blank(line[at])) at++;
  while (length > at && is_blank(line[length - 1])) length--;
  *value_length = length - at;
  return line + at;
}

static bool read_length(const char *value, size_t length, size_t *result) {
  if (length == 0 || length > MAX_LENGTH_DIGITS) return false;
  size_t number = 0;
  for (size_t at = 0; at < length; at++) {
    if (!is_digit(value[at])) return false;
    number = number * 10 + (size_t)(value[at] - '0');
  }
  *result = number;
  return true;
}

/** Reads the header lines of a head, which ends with an empty line. False if they leave a doubt about the body's end. */
static bool read_framing(const char *head, const char *end, struct framing *framing) {
  const char *line = memmem(head, (size_t)(end - head), "\r\n", 2);
  while (line != NULL && line + 2 < end) {
    line += 2;
    const char *next = memmem(line, (size_t)(end - line), "\r\n", 2);
    size_t length = (size_t)((next == NULL ? end : next) - line);
    size_t size = 0;
    const char *value = value_of("content-length", line, length, &size);
    if (value != NULL) {
      if (framing->has_length || !read_length(value, size, &framing->length)) return false;
      framing->has_length = true;
    }
    value = value_of("transfer-encoding", line, length, &size);
    if (value != NULL) {
      if (framing->is_chunked || size != 7 || strncasecmp(value, "chunked", 7) != 0) return false;
      framing->is_chunked = true;
    }
    line = next;
  }
  return !(framing->has_length && framing->is_chunked);
}

/** The line at `*at` and where it ends; moves `*at` behind it. */
static enum http_progress take_line(const char **at, const char *end, const char **line, size_t *length) {
  const char *stop = memmem(*at, (size_t)(end - *at), "\r\n", 2);
  if (stop == NULL) return end - *at > MAX_LINE ? HTTP_OTHER : HTTP_MORE;
  *line = *at;
  *length = (size_t)(stop - *at);
  *at = stop + 2;
  return HTTP_COMPLETE;
}

static bool read_chunk_size(const char *line, size_t length, size_t *size) {
  size_t at = 0;
  *size = 0;
  for (; at < length && hex_digit(line[at]) >= 0; at++) {
    if (at == MAX_SIZE_DIGITS) return false;
    *size = *size * 16 + (size_t)hex_digit(line[at]);
  }
  return at > 0 && (at == length || is_blank(line[at]) || line[at] == ';');
}

static enum http_progress read_trailers(const char *at, const char *end) {
  const char *line;
  size_t length;
  for (;;) {
    enum http_progress taken = take_line(&at, end, &line, &length);
    if (taken != HTTP_COMPLETE) return taken;
    if (length == 0) return at == end ? HTTP_COMPLETE : HTTP_OTHER;
  }
}

/** Walks the chunks; adds them to `body` unless that is NULL. */
static enum http_progress read_chunks(const char *at, const char *end, struct bytes *body) {
  const char *line;
  size_t length;
  for (;;) {
    enum http_progress taken = take_line(&at, end, &line, &length);
    if (taken != HTTP_COMPLETE) return taken;
    size_t size;
    if (!read_chunk_size(line, length, &size)) return HTTP_OTHER;
    if (size == 0) return read_trailers(at, end);
    if ((size_t)(end - at) < size) return HTTP_MORE;
    if (body != NULL && !bytes_add(body, at, size)) return HTTP_OTHER;
    at += size;
    taken = take_line(&at, end, &line, &length);
    if (taken != HTTP_COMPLETE) return taken;
    if (length != 0) return HTTP_OTHER;
  }
}

static enum http_progress take_body(const char *at, const char *end, struct bytes *body) {
  return bytes_add(body, at, (size_t)(end - at)) ? HTTP_COMPLETE : HTTP_OTHER;
}

static enum http_progress read_body(const struct framing *framing, const char *at, const char *end, bool closed,
                                    struct bytes *body) {
  if (framing->is_chunked) {
    enum http_progress walked = read_chunks(at, end, NULL);
    return walked == HTTP_COMPLETE ? read_chunks(at, end, body) : walked;
  }
  size_t there = (size_t)(end - at);
  if (!framing->has_length) return closed ? take_body(at, end, body) : HTTP_MORE;
  if (there < framing->length) return HTTP_MORE;
  return there == framing->length ? take_body(at, end, body) : HTTP_OTHER;
}

enum http_progress http_read(const char *bytes, size_t length, bool closed, struct bytes *body) {
  size_t known = sizeof STATUS - 1;
  if (memcmp(bytes, STATUS, length < known ? length : known) != 0) return HTTP_OTHER;
  enum http_progress more = closed ? HTTP_OTHER : HTTP_MORE;
  if (length <= known) return more;
  if (bytes[known] != ' ' && bytes[known] != '\r') return HTTP_OTHER;
  const char *end = memmem(bytes, length, "\r\n\r\n", 4);
  if (end == NULL) return length > MAX_HEAD ? HTTP_OTHER : more;
  struct framing framing = {0};
  if (!read_framing(bytes, end, &framing)) return HTTP_OTHER;
  enum http_progress progress = read_body(&framing, end + 4, bytes + length, closed, body);
  return progress == HTTP_MORE ? more : progress;
}
