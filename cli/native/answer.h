/* What a command makes of the answer to its call; the shapes are those of `cli/app/shapes.ts`. */
#ifndef TOKENTRAY_ANSWER_H
#define TOKENTRAY_ANSWER_H

#include <stdbool.h>

#include "bytes.h"
#include "json.h"

/** Reads the body of a 200 answer and adds what is to be printed. False: the Node client has to look at it. */
typedef bool answer_reader(struct json *json, const struct bytes *body, bool as_json, struct bytes *output);

/** `credentials.get` for `get`: the value. */
answer_reader answer_value;
/** `credentials.env` for `env`: the text. */
answer_reader answer_text;
/** `git.credential` for `git-credential`: the attributes, unless there is a failure to report. */
answer_reader answer_attributes;
/** `credentials.env` for `run`: the variables as `NAME=VALUE`, each with a NUL behind it. */
answer_reader answer_variables;

#endif
