#include "place.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "bytes.h"

extern char **environ;

/* What is known here, or of no consequence to what is done here. */
static const char *const KNOWN[] = {
    "TOKENTRAY_HOME",
    "TOKENTRAY_SANDBOX",
    "TOKENTRAY_NODE",
    "TOKENTRAY_CALLER_NODE_OPTIONS",
    "TOKENTRAY_KEY_SOURCE",
    "TOKENTRAY_GATEWAY_KEY",
    "TOKENTRAY_GATEWAY_URL",
    NULL,
};

static bool is_known(const char *entry) {
  size_t length = strcspn(entry, "=");
  for (const char *const *known = KNOWN; *known != NULL; known++)
    if (strlen(*known) == length && strncmp(*known, entry, length) == 0) return true;
  return false;
}

static bool are_settings_known(void) {
  for (char **entry = environ; *entry != NULL; entry++)
    if (strncmp(*entry, "TOKENTRAY_", strlen("TOKENTRAY_")) == 0 && !is_known(*entry)) return false;
  return true;
}

/** An environment variable that is not empty, or NULL. */
static const char *setting(const char *name) {
  const char *value = getenv(name);
  return value == NULL || *value == '\0' ? NULL : value;
}

/** Whether the path is absolute, and the same after `join` of paths.ts and `path.resolve`. */
static bool is_clean(const char *path) {
  if (*path != '/' || strchr(path, '\\') != NULL || !is_utf8(path)) return false;
  while (*path == '/') {
    size_t name = strcspn(++path, "/");
    bool is_dots = (name == 1 && path[0] == '.') || (name == 2 && path[0] == '.' && path[1] == '.');
    if (name == 0 || is_dots) return false;
    path += name;
  }
  return true;
}

static bool join(char *room, size_t size, const char *folder, const char *name) {
  int length = snprintf(room, size, "%s%s", folder, name);
  return length >= 0 && (size_t)length < size;
}

static bool find_home(bool sandbox, char *home) {
  const char *chosen = setting("TOKENTRAY_HOME");
  const char *end = sandbox ? "/sandbox" : "";
  if (chosen != NULL) return is_clean(chosen) && join(home, PATH_MAX, chosen, end);
  char name[64];
#ifdef __APPLE__
  const char *folder = setting("HOME");
  snprintf(name, sizeof name, "/Library/Application Support/tokentray%s", end);
#else
  const char *folder = setting("XDG_CONFIG_HOME");
  bool is_usable = folder != NULL && *folder == '/';
  if (!is_usable) folder = setting("HOME");
  snprintf(name, sizeof name, "%s/tokentray%s", is_usable ? "" : "/.config", end);
#endif
  return folder != NULL && is_clean(folder) && join(home, PATH_MAX, folder, name);
}

/** The socket's folder where the data folder's path is too long; the hash is that of paths.ts. */
static bool find_socket(const char *home, char *socket) {
  if (join(socket, SOCKET_ROOM, home, "/run/api.sock")) return true;
  uint32_t high = 0xdeadbeef;
  uint32_t low = 0x41c6ce57;
  for (; *home != '\0'; home++) {
    high = (high ^ (unsigned char)*home) * 2654435761u;
    low = (low ^ (unsigned char)*home) * 1597334677u;
  }
  int length = snprintf(socket, SOCKET_ROOM, "/tmp/tokentray-%lu-%08x%08x/api.sock", (unsigned long)getuid(), high, low);
  return length >= 0 && length < SOCKET_ROOM;
}

#ifdef __linux__
/** As `isBusAddress` has it. */
static bool is_bus_address(const char *text) {
  size_t scheme = strspn(text, "abcdefghijklmnopqrstuvwxyz");
  if (scheme == 0 || text[scheme] != ':') return false;
  const char *rest = text + scheme + 1;
  size_t length = strlen(rest);
  for (size_t at = 0; at < length; at++)
    if (rest[at] < '!' || rest[at] > '~') return false;
  return length >= 1 && length <= 1000;
}

static bool find_session_bus(char *bus) {
  static const char UNESCAPED[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789/-_.:";
  const char *named = setting("DBUS_SESSION_BUS_ADDRESS");
  const char *runtime = setting("XDG_RUNTIME_DIR");
  if (named != NULL) {
    if (is_bus_address(named)) return join(bus, PATH_MAX, named, "");
  } else if (runtime != NULL) {
    /* Escapes are left to the Node client. */
    if (runtime[strspn(runtime, UNESCAPED)] != '\0') return false;
    int length = snprintf(bus, PATH_MAX, "unix:path=%s/bus", runtime);
    if (length < 0 || length >= PATH_MAX) return false;
    if (is_bus_address(bus)) return true;
  }
  bus[0] = '\0';
  return true;
}
#else
static bool find_session_bus(char *bus) {
  bus[0] = '\0';
  return true;
}
#endif

bool place_find(bool sandbox, struct place *place) {
  const char *asked = getenv("TOKENTRAY_SANDBOX");
  if (asked != NULL && (strcmp(asked, "1") == 0 || strcmp(asked, "true") == 0)) sandbox = true;
  return are_settings_known() && find_home(sandbox, place->home) && find_socket(place->home, place->socket) &&
         find_session_bus(place->session_bus);
}
