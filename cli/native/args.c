#include "args.h"

#include <stdlib.h>
#include <string.h>

enum { MOST_NUMBER_DIGITS = 9 };

static bool is_one_of(const char *text, const char *const *choices) {
  for (; *choices != NULL; choices++)
    if (strcmp(text, *choices) == 0) return true;
  return false;
}

static bool is_number(const char *text, const struct option_spec *option) {
  size_t length = strlen(text);
  if (length > MOST_NUMBER_DIGITS || strspn(text, "0123456789") != length) return false;
  long number = strtol(text, NULL, 10);
  return number >= option->min && number <= option->max;
}

static bool is_valid(const char *value, const struct option_spec *option) {
  if (*value == '\0') return false;
  switch (option->kind) {
    case OPTION_TEXT:
      return option->choices == NULL || is_one_of(value, option->choices);
    case OPTION_NUMBER:
      return is_number(value, option);
    case OPTION_NOT_SENT:
      return false;
  }
  return false;
}

static bool read_common(const char *word, struct args *args) {
  if (strcmp(word, "--json") == 0) return args->json = true;
  if (strcmp(word, "--sandbox") == 0) return args->sandbox = true;
  return false;
}

/** Reads the option at `*at`, whose value may be the next word, and moves `*at` to the last word that it is made of. */
static bool read_option(char ***at, struct args *args) {
  const char *name = **at + 2;
  size_t length = strcspn(name, "=");
  for (unsigned index = 0; args->command->options[index].name != NULL; index++) {
    const struct option_spec *option = &args->command->options[index];
    if (strlen(option->name) != length || strncmp(option->name, name, length) != 0) continue;
    const char *value = name + length + 1;
    if (name[length] == '\0') {
      value = *++*at;
      if (value == NULL || *value == '-') return false;
    }
    /* What is meant by an option that comes twice differs. */
    if (args->options[index] != NULL || !is_utf8(value) || !is_valid(value, option)) return false;
    args->options[index] = value;
    return true;
  }
  return false;
}

static bool read_rest(char **rest, struct args *args) {
  if (!args->command->has_rest || *rest == NULL) return false;
  args->rest = rest;
  for (; *rest != NULL; rest++)
    if (!is_utf8(*rest)) return false;
  return true;
}

bool args_read(char **argv, const struct command_spec *commands, struct args *args) {
  char **at = argv;
  if (*at == NULL) return false;
  *args = (struct args){0};
  for (at++; *at != NULL && **at == '-'; at++)
    if (!read_common(*at, args)) return false;
  if (*at == NULL) return false;
  for (args->command = commands; args->command->name != NULL; args->command++)
    if (strcmp(args->command->name, *at) == 0) break;
  if (args->command->name == NULL) return false;
  for (at++; *at != NULL; at++) {
    if (strcmp(*at, "--") == 0) return read_rest(at + 1, args);
    if (read_common(*at, args)) continue;
    if (strncmp(*at, "--", 2) == 0) {
      if (!read_option(&at, args)) return false;
      continue;
    }
    if (**at == '-' || **at == '\0' || args->word != NULL || !is_utf8(*at)) return false;
    args->word = *at;
  }
  const char *const *words = args->command->words;
  if (words != NULL && (args->word == NULL || !is_one_of(args->word, words))) return false;
  return !args->command->has_rest;
}
