/* Standard output, as `cli/process/fd-output.ts` writes it. */
#ifndef TOKENTRAY_OUTPUT_H
#define TOKENTRAY_OUTPUT_H

#include "bytes.h"

/** Opens what the caller has closed of the three standard streams, as Node does: no other file may get its number. */
void output_open(void);

/** Writes everything. 0 also if nobody reads any more; otherwise the system's error number. */
int output_write(const struct bytes *output);

#endif
