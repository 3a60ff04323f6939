/* Goes on as the Node client, in this same process. */
#ifndef TOKENTRAY_HAND_OVER_H
#define TOKENTRAY_HAND_OVER_H

#include "bytes.h"

/** With the command line as it is: nothing has been sent, read or written. */
_Noreturn void hand_over(char **argv);

/** The same, with what has been read from standard input put before the rest of it. */
_Noreturn void hand_over_input(char **argv, const struct bytes *read);

/** With a request that is under way, so that nobody is asked twice: the connection, and what has arrived on it. */
_Noreturn void hand_over_exchange(char **argv, int connection, const struct bytes *received);

/** To report that the output could not be written; `error` is the system's. */
_Noreturn void hand_over_output_error(char **argv, int error);

#endif
