/* Reads an HTTP/1.1 answer (RFC 9112), as `cli/wire/response-parser.ts`, but only the plainest kind. */
#ifndef TOKENTRAY_HTTP_H
#define TOKENTRAY_HTTP_H

#include "bytes.h"

/** `OTHER`: anything but a complete 200; the Node client, which gets the same bytes, knows what it is. */
enum http_progress { HTTP_MORE, HTTP_COMPLETE, HTTP_OTHER };

/**
 * What has arrived so far, from the first byte. `closed`: nothing more comes. When the answer is complete, its body is
 * added to `body`. Holds no state, so how the bytes were split cannot matter.
 */
enum http_progress http_read(const char *bytes, size_t length, bool closed, struct bytes *body);

#endif
