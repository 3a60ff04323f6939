#include "hand-over.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#ifdef __APPLE__
#include <mach-o/dyld.h>
#else
#include <sys/auxv.h>
#endif

#include "specs.h"

/* Hidden words of the Node client, not for people: see `cli/command.ts`. */
static const char RESUME[] = "--__resume=";
static const char NOT_WRITTEN[] = "__not-written";

enum { MOST_FIRST_WORDS = 2, ALWAYS_FITS_A_PIPE = 4096 };

/** This program's own file, without links. */
static bool find_self(char *file) {
#ifdef __APPLE__
  char path[PATH_MAX];
  uint32_t size = sizeof path;
  return _NSGetExecutablePath(path, &size) == 0 && realpath(path, file) != NULL;
#else
  if (realpath("/proc/self/exe", file) != NULL) return true;
  const char *path = (const char *)getauxval(AT_EXECFN);
  return path != NULL && realpath(path, file) != NULL;
#endif
}

/** Where the Node client is: beside this program's folder; if that is /usr/bin, where packages put it. */
static void find_resources(char *folder) {
  char file[PATH_MAX + sizeof "/cli/tokentray.cjs"];
  if (find_self(folder)) {
    for (int up = 0; up < 2; up++) {
      char *name = strrchr(folder, '/');
      if (name != NULL) *name = '\0';
    }
    snprintf(file, sizeof file, "%s/cli/tokentray.cjs", folder);
    if (access(file, F_OK) == 0) return;
  }
  snprintf(folder, PATH_MAX, "%s", INSTALLED_RESOURCES);
}

/** The Node that is named, or that of a checkout, or the first on the PATH. */
static const char *find_node(const char *resources, char *pinned, size_t size) {
  const char *named = getenv("TOKENTRAY_NODE");
  if (named != NULL && *named != '\0') return named;
  if (*PINNED_NODE == '\0') return "node";
  snprintf(pinned, size, "%s/../%s", resources, PINNED_NODE);
  return access(pinned, X_OK) == 0 ? pinned : "node";
}

/** The caller's options of Node are for what it runs; the same as in `build/command/tokentray`. */
static void keep_node_options(void) {
  const char *options = getenv("NODE_OPTIONS");
  if (options == NULL || *options == '\0') return;
  setenv("TOKENTRAY_CALLER_NODE_OPTIONS", options, 1);
  unsetenv("NODE_OPTIONS");
}

/** Becomes the Node client, with `first` words before those of the command line. */
static _Noreturn void become_node(char **argv, const char *const *first) {
  static char resources[PATH_MAX];
  static char client[PATH_MAX + sizeof "/cli/tokentray.cjs"];
  static char pinned[PATH_MAX + sizeof PINNED_NODE + sizeof "/../"];
  size_t count = 0;
  while (argv[count] != NULL) count++;
  const char **words = calloc(count + MOST_FIRST_WORDS + 4, sizeof *words);
  if (words == NULL) _exit(1);
  find_resources(resources);
  const char *node = find_node(resources, pinned, sizeof pinned);
  snprintf(client, sizeof client, "%s/cli/tokentray.cjs", resources);
  size_t at = 0;
  words[at++] = node;
  /* Node looks for options of its own, such as --env-file, among those of a script too. */
  words[at++] = "--";
  words[at++] = client;
  while (*first != NULL) words[at++] = *first++;
  for (size_t index = 1; index < count; index++) words[at++] = argv[index];
  keep_node_options();
  execvp(node, (char *const *)(void *)words);
  /* The checkout's own Node needs a loader that Alpine and NixOS do not have. */
  if (node == pinned) execvp(words[0] = "node", (char *const *)(void *)words);
  static const char MISSING[] =
      "tokentray: The command line needs Node 20 or newer, and there is no \"node\" on the PATH.\n"
      "Install it from https://nodejs.org, or name one: TOKENTRAY_NODE=/path/to/node\n";
  if (write(STDERR_FILENO, MISSING, sizeof MISSING - 1) < 0) _exit(1);
  _exit(1);
}

void hand_over(char **argv) { become_node(argv, (const char *const[]){NULL}); }

static bool write_all(int to, const char *at, size_t length) {
  for (size_t written = 0; written < length;) {
    ssize_t count = write(to, at + written, length - written);
    if (count < 0 && errno != EINTR) return false;
    if (count > 0) written += (size_t)count;
  }
  return true;
}

/** Writes the bytes, and then whatever there is to read from `rest` unless that is -1. */
static void write_with_rest(int to, const struct bytes *bytes, int rest) {
  static char piece[ALWAYS_FITS_A_PIPE];
  if (!write_all(to, bytes->at, bytes->length) || rest < 0) return;
  for (;;) {
    ssize_t count = read(rest, piece, sizeof piece);
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0 || !write_all(to, piece, (size_t)count)) return;
  }
}

/** A pipe from which the bytes can be read, and then `rest`; -1 if there is none. */
static int as_pipe(const struct bytes *bytes, int rest) {
  int ends[2];
  if (pipe(ends) != 0) return -1;
  /* More than a pipe holds needs somebody who writes it while it is read. */
  bool is_here = rest < 0 && bytes->length <= ALWAYS_FITS_A_PIPE;
  pid_t writer = is_here ? 0 : fork();
  if (writer < 0) return -1;
  if (writer == 0) {
    if (!is_here) close(ends[0]);
    write_with_rest(ends[1], bytes, rest);
    if (!is_here) _exit(0);
  }
  close(ends[1]);
  return ends[0];
}

void hand_over_input(char **argv, const struct bytes *read) {
  if (read->length > 0) {
    int input = as_pipe(read, STDIN_FILENO);
    if (input < 0 || dup2(input, STDIN_FILENO) < 0 || close(input) != 0) _exit(1);
  }
  hand_over(argv);
}

void hand_over_exchange(char **argv, int connection, const struct bytes *received) {
  char resume[sizeof RESUME + 32];
  int from = as_pipe(received, -1);
  if (from < 0 || fcntl(connection, F_SETFD, 0) != 0) _exit(1);
  snprintf(resume, sizeof resume, "%s%d,%d", RESUME, connection, from);
  become_node(argv, (const char *const[]){resume, NULL});
}

/** The names that `cli/main.ts` has words for; others are shown as they are. */
static const char *name_of(int error) {
  switch (error) {
    case ENOSPC:
      return "ENOSPC";
    case EDQUOT:
      return "EDQUOT";
    case EIO:
      return "EIO";
    case EFBIG:
      return "EFBIG";
    case EBADF:
      return "EBADF";
    case EINVAL:
      return "EINVAL";
    case EISDIR:
      return "EISDIR";
    default:
      return "unknown";
  }
}

void hand_over_output_error(char **argv, int error) {
  become_node(argv, (const char *const[]){NOT_WRITTEN, name_of(error), NULL});
}
