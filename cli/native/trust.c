#include "trust.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* More steps than this mean that the links form a loop, as in socket-trust.ts. Longer ones are left to the Node client. */
enum { MOST_STEPS = 500, STEP_BYTES = 1 << 16 };

enum { OTHERS_WRITE = 0002, GROUP_OR_OTHERS_WRITE = 0022, STICKY = 01000 };

/** Paths in the order in which they were found, each once. */
struct steps {
  const char *paths[MOST_STEPS + 1];
  size_t count;
  char memory[STEP_BYTES];
  size_t used;
};

struct walk {
  const struct socket_place *place;
  char folder[PATH_MAX];
  char real_home[PATH_MAX];
  unsigned long system_uid;
  struct steps steps;
};

static bool add_step(struct steps *steps, const char *path, size_t length) {
  for (size_t index = 0; index < steps->count; index++)
    if (strncmp(steps->paths[index], path, length) == 0 && steps->paths[index][length] == '\0') return true;
  if (steps->count == MOST_STEPS || STEP_BYTES - steps->used <= length) return false;
  char *copy = steps->memory + steps->used;
  memcpy(copy, path, length);
  copy[length] = '\0';
  steps->used += length + 1;
  steps->paths[steps->count++] = copy;
  return true;
}

/** Adds the path's folders from the root down, and itself, with one slash between names. */
static bool add_steps(struct steps *steps, const char *path) {
  char clean[2 * PATH_MAX] = "/";
  size_t length = 0;
  if (strlen(path) >= sizeof clean - 1) return false;
  if (!add_step(steps, "/", 1)) return false;
  while (*path != '\0') {
    size_t name = strcspn(path, "/");
    if (name > 0) {
      clean[length++] = '/';
      memcpy(clean + length, path, name);
      length += name;
      if (!add_step(steps, clean, length)) return false;
    }
    path += name;
    path += strspn(path, "/");
  }
  return true;
}

/** Adds where a link leads. `..` stays as it is: after another link, only the system can tell what it means. */
static bool add_target(struct steps *steps, const char *link, const char *target) {
  char path[2 * PATH_MAX];
  if (target[0] == '/') return add_steps(steps, target);
  int folder = (int)(strrchr(link, '/') - link);
  int length = snprintf(path, sizeof path, "%.*s/%s", folder, link, target);
  return length >= 0 && (size_t)length < sizeof path && add_steps(steps, path);
}

static bool is_below(const char *path, const char *folder) {
  size_t length = strlen(folder);
  return strncmp(path, folder, length) == 0 && path[length] == '/';
}

/** Where the data folder really is, if the socket's folder is in it. */
static void find_real_home(struct walk *walk) {
  const struct socket_place *place = walk->place;
  walk->real_home[0] = '\0';
  if (place->real_folder == NULL || !is_below(walk->folder, place->home)) return;
  const char *inside = walk->folder + strlen(place->home);
  size_t real = strlen(place->real_folder);
  size_t tail = strlen(inside);
  if (real < tail || strcmp(place->real_folder + real - tail, inside) != 0) return;
  snprintf(walk->real_home, sizeof walk->real_home, "%.*s", (int)(real - tail), place->real_folder);
}

static bool is_ours(const struct walk *walk, const char *path) {
  const char *real = walk->place->real_folder;
  return strcmp(path, walk->place->home) == 0 || strcmp(path, walk->folder) == 0 ||
         (real != NULL && strcmp(path, real) == 0) || strcmp(path, walk->real_home) == 0 ||
         is_below(path, walk->place->home);
}

static bool is_step_trusted(struct walk *walk, const char *path, const struct path_facts *facts) {
  if (facts->kind == PATH_ABSENT) return true;
  if (facts->kind == PATH_HIDDEN) return false;
  bool ours = is_ours(walk, path);
  bool owned = facts->uid == walk->place->uid;
  if (!owned && (ours || (facts->uid != 0 && facts->uid != walk->system_uid))) return false;
  if (strcmp(path, walk->folder) == 0 && facts->kind != PATH_FOLDER) return false;
  if (facts->kind == PATH_LINK) return add_target(&walk->steps, path, facts->target);
  if (ours) return (facts->mode & GROUP_OR_OTHERS_WRITE) == 0;
  return (facts->mode & OTHERS_WRITE) == 0 || (facts->mode & STICKY) != 0;
}

static bool walk_steps(struct walk *walk, path_look *look, const void *context) {
  const char *real = walk->place->real_folder;
  static struct path_facts facts;
  look("/", &facts, context);
  /* In a user namespace root shows as nobody. */
  walk->system_uid = facts.kind == PATH_ABSENT || facts.kind == PATH_HIDDEN ? 0 : facts.uid;
  if (!add_steps(&walk->steps, walk->folder)) return false;
  if (real != NULL && !add_steps(&walk->steps, real)) return false;
  /* Grows while it is walked: whoever owns a folder on the way of a link decides where the link leads. */
  for (size_t index = 0; index < walk->steps.count; index++) {
    const char *path = walk->steps.paths[index];
    look(path, &facts, context);
    if (!is_step_trusted(walk, path, &facts)) return false;
  }
  look(walk->place->socket, &facts, context);
  return facts.kind == PATH_ABSENT || (facts.kind == PATH_SOCKET && facts.uid == walk->place->uid);
}

bool is_trusted(const struct socket_place *place, path_look *look, const void *context) {
  static struct walk walk;
  const char *name = strrchr(place->socket, '/');
  size_t length = name == NULL || name == place->socket ? 1 : (size_t)(name - place->socket);
  if (name == NULL || length >= sizeof walk.folder) return false;
  walk.place = place;
  walk.steps.count = walk.steps.used = 0;
  memcpy(walk.folder, place->socket, length);
  walk.folder[length] = '\0';
  find_real_home(&walk);
  return walk_steps(&walk, look, context);
}

static enum path_kind kind_of(mode_t mode) {
  if (S_ISDIR(mode)) return PATH_FOLDER;
  if (S_ISLNK(mode)) return PATH_LINK;
  return S_ISSOCK(mode) ? PATH_SOCKET : PATH_OTHER;
}

void look_at_file(const char *path, struct path_facts *facts, const void *context) {
  (void)context;
  struct stat found;
  facts->target[0] = '\0';
  if (lstat(path, &found) != 0) {
    facts->kind = errno == ENOENT || errno == ENOTDIR ? PATH_ABSENT : PATH_HIDDEN;
    return;
  }
  facts->kind = kind_of(found.st_mode);
  facts->uid = found.st_uid;
  facts->mode = found.st_mode & 07777;
  if (facts->kind != PATH_LINK) return;
  ssize_t length = readlink(path, facts->target, sizeof facts->target - 1);
  if (length < 0) facts->kind = PATH_HIDDEN;
  else facts->target[length] = '\0';
}
