/* Whether a local socket can be trusted: `contract/socket-trust.ts`, without its words. */
#ifndef TOKENTRAY_TRUST_H
#define TOKENTRAY_TRUST_H

#include <limits.h>
#include <stdbool.h>

enum path_kind { PATH_FOLDER, PATH_LINK, PATH_SOCKET, PATH_OTHER, PATH_ABSENT, PATH_HIDDEN };

struct path_facts {
  enum path_kind kind;
  unsigned long uid;
  /** Permission bits with the sticky bit. */
  unsigned mode;
  /** Where a link leads, as it says itself. */
  char target[PATH_MAX];
};

/** Looks at a path without following links. */
typedef void path_look(const char *path, struct path_facts *facts, const void *context);

struct socket_place {
  const char *home;
  const char *socket;
  /** The socket's folder without links; NULL while it is not there. */
  const char *real_folder;
  unsigned long uid;
};

/** Anyone who can write to a folder above the socket could have created it. */
bool is_trusted(const struct socket_place *place, path_look *look, const void *context);

/** Looks at the real file system. */
path_look look_at_file;

#endif
