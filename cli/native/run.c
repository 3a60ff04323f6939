#include "run.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

extern char **environ;

static bool has_same_name(const char *entry, const char *variable) {
  size_t length = strcspn(variable, "=") + 1;
  return strncmp(entry, variable, length) == 0;
}

static bool is_replaced(const char *entry, const struct bytes *variables) {
  const char *end = variables->at + variables->length;
  for (const char *variable = variables->at; variable < end; variable += strlen(variable) + 1)
    if (has_same_name(entry, variable)) return true;
  return false;
}

static size_t count_variables(const struct bytes *variables) {
  size_t count = 0;
  for (size_t at = 0; at < variables->length; at++)
    if (variables->at[at] == '\0') count++;
  return count;
}

/** Our environment with the variables; of one that comes twice, the last. NULL if there is no memory. */
static char **with_variables(const struct bytes *variables) {
  size_t count = 0;
  while (environ[count] != NULL) count++;
  char **merged = calloc(count + count_variables(variables) + 1, sizeof *merged);
  if (merged == NULL) return NULL;
  size_t at = 0;
  for (char **entry = environ; *entry != NULL; entry++)
    if (!is_replaced(*entry, variables)) merged[at++] = *entry;
  char *end = variables->at + variables->length;
  for (char *variable = variables->at; variable < end; variable += strlen(variable) + 1) {
    char *next = variable + strlen(variable) + 1;
    struct bytes later = {next, (size_t)(end - next), 0};
    if (!is_replaced(variable, &later)) merged[at++] = variable;
  }
  return merged;
}

void run_command(char **command, const struct bytes *variables) {
  char **before = environ;
  char **merged = with_variables(variables);
  if (merged == NULL) return;
  environ = merged;
  execvp(command[0], command);
  environ = before;
  free(merged);
}
