/*
 * tokentray: the hot path of the command line. Does what `get`, `env`, `git-credential` and the plain form
 * of `run` do when everything is as
 * usual, and in every other case goes on as the Node client, which knows all the words (docs/decisions).
 */
#include <stdlib.h>
#include <unistd.h>

#include "args.h"
#include "exchange.h"
#include "hand-over.h"
#include "input.h"
#include "output.h"
#include "place.h"
#include "request.h"
#include "run.h"
#include "specs.h"
#include "trust.h"

static bool is_place_trusted(const struct place *place) {
  static char folder[SOCKET_ROOM];
  static char real[PATH_MAX];
  size_t length = 0;
  for (size_t at = 0; place->socket[at] != '\0'; at++)
    if (place->socket[at] == '/') length = at;
  for (size_t at = 0; at < length; at++) folder[at] = place->socket[at];
  const struct socket_place where = {place->home, place->socket, realpath(folder, real), getuid()};
  return is_trusted(&where, look_at_file, NULL);
}

/** Node would put back what its options were; without it, somebody has to. */
static bool can_run_here(const struct args *args) {
  return !args->command->has_rest || getenv("TOKENTRAY_CALLER_NODE_OPTIONS") == NULL;
}

int main(int argc, char **argv) {
  static struct args args;
  static struct place place;
  static struct json json;
  struct bytes input = {0};
  struct bytes request = {0};
  struct bytes received = {0};
  struct bytes body = {0};
  struct bytes output = {0};
  (void)argc;
  output_open();
  if (!args_read(argv, COMMANDS, &args) || !can_run_here(&args)) hand_over(argv);
  if (!place_find(args.sandbox, &place) || !is_place_trusted(&place)) hand_over(argv);
  int connection = exchange_connect(place.socket);
  if (connection < 0) hand_over(argv);
  if (args.command->has_input && !input_read(&input)) hand_over_input(argv, &input);
  args.input = input.at;
  if (!request_write(&args, &place, &request)) hand_over_input(argv, &input);
  bool is_answered = exchange(connection, &request, &received, &body) &&
                     args.command->read_answer(&json, &body, args.json, &output);
  if (!is_answered) hand_over_exchange(argv, connection, &received);
  if (args.command->has_rest) {
    run_command(args.rest, &output);
    hand_over_exchange(argv, connection, &received);
  }
  int error = output_write(&output);
  if (error != 0) hand_over_output_error(argv, error);
  return 0;
}
