/* Where the app is, from the environment: `contract/paths.ts` and `contract/session-bus.ts`. */
#ifndef TOKENTRAY_PLACE_H
#define TOKENTRAY_PLACE_H

#include <limits.h>
#include <stdbool.h>

/* The longest socket path that every Unix accepts, as in paths.ts, and its NUL. */
enum { SOCKET_ROOM = 104 };

struct place {
  char home[PATH_MAX];
  char socket[SOCKET_ROOM];
  /** Empty where there is none. */
  char session_bus[PATH_MAX];
};

/** False where only the Node client knows: paths that are not absolute and clean, settings that are not known here. */
bool place_find(bool sandbox, struct place *place);

#endif
