/* Texts in JSON: their escapes, read and written. */
#ifndef TOKENTRAY_JSON_TEXT_H
#define TOKENTRAY_JSON_TEXT_H

#include <stdbool.h>
#include <stddef.h>

#include "bytes.h"

/**
 * Length of the text that begins behind a quote at `at`, up to the closing quote; -1 if it is none, or has half a character.
 * Unsets `is_canonical` unless `JSON.stringify` would write it so, and sets `has_escapes` if it has any.
 */
ptrdiff_t json_text_length(const char *at, const char *end, bool *is_canonical, bool *has_escapes);

/** Adds what the text says. It must have been read by `json_text_length`. */
bool json_text_add(const char *at, size_t length, struct bytes *to);

/** Adds valid UTF-8 as a text with its quotes, as `JSON.stringify` writes it. */
bool json_text_write(const char *text, struct bytes *to);

#endif
