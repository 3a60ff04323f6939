/* Becomes the command of `tokentray run`. */
#ifndef TOKENTRAY_RUN_H
#define TOKENTRAY_RUN_H

#include "bytes.h"

/**
 * Becomes the command, with variables (`NAME=VALUE`, each with a NUL behind it) in place of those of the same name. Returns
 * if the system cannot run it. The process stays the same, so signals, job control and the way it ends are the command's own.
 */
void run_command(char **command, const struct bytes *variables);

#endif
