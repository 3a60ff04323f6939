/* What a command takes, and what it asks the app for: the types of the generated `specs.h` (build/native-specs.ts). */
#ifndef TOKENTRAY_SPEC_H
#define TOKENTRAY_SPEC_H

#include <stdbool.h>

#include "answer.h"

enum { MOST_OPTIONS = 32 };

/** `OPTION_NOT_SENT`: no field of the request has it, so only the Node client knows what to do with it. */
enum option_kind { OPTION_NOT_SENT, OPTION_TEXT, OPTION_NUMBER };

struct option_spec {
  /** NULL ends the list. */
  const char *name;
  enum option_kind kind;
  /** The values that it takes, up to NULL; NULL for any. */
  const char *const *choices;
  long min;
  long max;
};

/**
 * Where a field of the request comes from: the first word; an option, as it is or as a list of the words in it; always the
 * same JSON; standard input; the current folder, always or where there is no first word; or the file name of the command to run.
 */
enum field_source {
  FROM_WORD,
  FROM_OPTION,
  FROM_WORDS_OF_OPTION,
  FROM_CONSTANT,
  FROM_INPUT,
  FROM_FOLDER,
  FROM_FOLDER_WITHOUT_WORD,
  FROM_PROGRAM
};

struct field_spec {
  /** NULL ends the list. */
  const char *name;
  enum field_source source;
  /** Index of the option. */
  unsigned option;
  /** The constant, or the value where the option is not given; NULL: the field is left out. */
  const char *text;
};

struct command_spec {
  /** NULL ends the list. */
  const char *name;
  const char *call;
  /** A command to run follows behind `--`. */
  bool has_rest;
  /** Standard input is part of the request. */
  bool has_input;
  /** The words that it takes, up to NULL; NULL for any, or none. */
  const char *const *words;
  const struct option_spec *options;
  const struct field_spec *fields;
  answer_reader *read_answer;
};

#endif
