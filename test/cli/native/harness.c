/*
 * Runs the parts of the native client on what it reads, for tests and fuzzing: frames of a letter, a length (4 bytes, little
 * endian) and that many bytes. Answers each with a frame of the same form, whose letter is the outcome. Inputs are in
 * memory of exactly their size, so that a sanitizer sees what is read beyond.
 */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "args.h"
#include "http.h"
#include "request.h"
#include "specs.h"
#include "trust.h"

enum { MOST_WORDS = 64 };

static void respond(char letter, const struct bytes *bytes) {
  uint32_t length = (uint32_t)bytes->length;
  unsigned char head[5] = {(unsigned char)letter};
  for (int index = 0; index < 4; index++) head[index + 1] = (unsigned char)(length >> 8 * index);
  fwrite(head, 1, sizeof head, stdout);
  if (length > 0) fwrite(bytes->at, 1, length, stdout);
}

/** M, C or O: more is needed, complete, or other; the body if it is complete. */
static char read_http(const struct bytes *input, struct bytes *output) {
  static const char LETTERS[] = {[HTTP_MORE] = 'M', [HTTP_COMPLETE] = 'C', [HTTP_OTHER] = 'O'};
  if (http_read(input->at, input->length, false, output) == HTTP_COMPLETE) return 'C';
  return LETTERS[http_read(input->at, input->length, true, output)];
}

static char read_answer(answer_reader *reader, bool as_json, const struct bytes *input, struct bytes *output) {
  static struct json json;
  return reader(&json, input, as_json, output) ? 'Y' : 'N';
}

/** The next of texts that have a NUL behind them; NULL behind the last. */
static const char *next_text(const struct bytes *input, size_t *at) {
  if (*at >= input->length) return NULL;
  const char *text = input->at + *at;
  *at += strlen(text) + 1;
  return text;
}

/** Facts are texts: path, kind, uid, mode, target. */
static void look_at_case(const char *path, struct path_facts *facts, const void *context) {
  static const char *const KINDS[] = {"folder", "link", "socket", "other", "absent", "hidden"};
  const struct bytes *input = context;
  size_t at = 0;
  for (int place = 0; place < 4; place++) next_text(input, &at);
  facts->kind = PATH_ABSENT;
  for (const char *text; (text = next_text(input, &at)) != NULL;) {
    const char *kind = next_text(input, &at);
    unsigned long uid = strtoul(next_text(input, &at), NULL, 10);
    unsigned mode = (unsigned)strtoul(next_text(input, &at), NULL, 10);
    const char *target = next_text(input, &at);
    if (strcmp(text, path) != 0) continue;
    for (unsigned index = 0; index < sizeof KINDS / sizeof KINDS[0]; index++)
      if (strcmp(kind, KINDS[index]) == 0) facts->kind = (enum path_kind)index;
    facts->uid = uid;
    facts->mode = mode;
    snprintf(facts->target, sizeof facts->target, "%s", target);
  }
}

/** Home, socket, its real folder or nothing, and user ID; then the facts. */
static char read_trust(const struct bytes *input) {
  size_t at = 0;
  struct socket_place place;
  place.home = next_text(input, &at);
  place.socket = next_text(input, &at);
  place.real_folder = next_text(input, &at);
  if (*place.real_folder == '\0') place.real_folder = NULL;
  place.uid = strtoul(next_text(input, &at), NULL, 10);
  return is_trusted(&place, look_at_case, input) ? 'Y' : 'N';
}

/** Words of a command line; gives `json` and `sandbox` as 0 or 1, the request, and the words of the command to run. */
static char read_args(const struct bytes *input, struct bytes *output) {
  static const struct place place;
  char *words[MOST_WORDS + 1] = {NULL};
  size_t at = 0;
  for (int count = 0; count < MOST_WORDS; count++)
    if ((words[count] = (char *)(uintptr_t)next_text(input, &at)) == NULL) break;
  struct args args;
  if (!args_read(words, COMMANDS, &args)) return 'N';
  args.input = "typed";
  if (!request_write(&args, &place, output)) return 'N';
  bytes_add_text(output, "\n");
  bytes_add_text(output, args.json ? "1" : "0");
  bytes_add_text(output, args.sandbox ? "1" : "0");
  for (char **word = args.rest; word != NULL && *word != NULL; word++) bytes_add(output, *word, strlen(*word) + 1);
  return 'Y';
}

static char outcome_of(int letter, const struct bytes *input, struct bytes *output) {
  switch (letter) {
    case 'h':
      return read_http(input, output);
    case 'g':
    case 'G':
      return read_answer(answer_value, letter == 'G', input, output);
    case 'e':
    case 'E':
      return read_answer(answer_text, letter == 'E', input, output);
    case 'c':
      return read_answer(answer_attributes, false, input, output);
    case 'r':
      return read_answer(answer_variables, false, input, output);
    case 't':
      return read_trust(input);
    case 'a':
      return read_args(input, output);
    default:
      exit(2);
  }
}

int main(void) {
  static char buffer[1 << 20];
  setvbuf(stdout, buffer, _IOFBF, sizeof buffer);
  for (;;) {
    unsigned char head[5];
    if (fread(head, 1, sizeof head, stdin) != sizeof head) return 0;
    uint32_t length = 0;
    for (int index = 0; index < 4; index++) length |= (uint32_t)head[index + 1] << 8 * index;
    struct bytes input = {malloc(length), length, length};
    if (length > 0 && (input.at == NULL || fread(input.at, 1, length, stdin) != length)) return 1;
    struct bytes output = {0};
    char outcome = outcome_of(head[0], &input, &output);
    /* What was added before it turned out that the Node client has to look at it does not count. */
    if (outcome == 'N' || outcome == 'O' || outcome == 'M') bytes_drop(&output);
    respond(outcome, &output);
    bytes_drop(&output);
    free(input.at);
    /* The end of a batch: the reader waits for it. */
    int next = getc(stdin);
    if (next == '\n') fflush(stdout);
    else if (next == EOF) return 0;
    else ungetc(next, stdin);
  }
}
