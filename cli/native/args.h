/* The words of a command line, read as `cli/parse.ts` does. */
#ifndef TOKENTRAY_ARGS_H
#define TOKENTRAY_ARGS_H

#include "spec.h"

struct args {
  const struct command_spec *command;
  bool json;
  bool sandbox;
  /** The connection; NULL if none is named. */
  const char *word;
  /** What was read from standard input, where the command has it. */
  const char *input;
  /** By the index of the option; NULL if it is not given. */
  const char *options[MOST_OPTIONS];
  /** The command to run, up to NULL. */
  char **rest;
};

/** False for everything that the Node client has to look at: other commands, help, wrong usage, what is not UTF-8. */
bool args_read(char **argv, const struct command_spec *commands, struct args *args);

#endif
