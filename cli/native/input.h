/* Standard input, where it is part of the request. */
#ifndef TOKENTRAY_INPUT_H
#define TOKENTRAY_INPUT_H

#include "bytes.h"

/** Reads it to its end, with a NUL behind it. False if it is a terminal, too long, or no text; `input` is what was read. */
bool input_read(struct bytes *input);

#endif
