/* The request that a command makes, byte for byte that of `cli/wire/exchange.ts`. */
#ifndef TOKENTRAY_REQUEST_H
#define TOKENTRAY_REQUEST_H

#include "args.h"
#include "bytes.h"
#include "place.h"

/** False where only the Node client knows how to put it. */
bool request_write(const struct args *args, const struct place *place, struct bytes *request);

#endif
