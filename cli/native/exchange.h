/* One request on a connection of its own to the local socket. */
#ifndef TOKENTRAY_EXCHANGE_H
#define TOKENTRAY_EXCHANGE_H

#include "bytes.h"

/** A connection to the socket, with limits to what it blocks; -1 if there is none. */
int exchange_connect(const char *socket_path);

/**
 * Sends the request and receives the answer. True once it is complete: `body` is that of a 200. False for everything else,
 * also if the answer takes longer: `received` has what has arrived, and the connection goes on.
 */
bool exchange(int connection, const struct bytes *request, struct bytes *received, struct bytes *body);

#endif
