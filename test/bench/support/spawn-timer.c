/*
 * Times commands from their start to their end: spawn-timer ROUNDS --- COMMAND ... --- COMMAND ... Each round runs all of
 * them, beginning with another one; prints the microseconds of each in a line a round. What they print is dropped. In C,
 * because starting a process from Node takes as long as what is measured.
 */
#include <fcntl.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>

extern char **environ;

enum { MOST_COMMANDS = 16, WARM_UPS = 20 };

static double now_us(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return (double)time.tv_sec * 1e6 + (double)time.tv_nsec / 1e3;
}

static double run_us(char **command) {
  static posix_spawn_file_actions_t silent;
  static int is_set = 0;
  if (!is_set) {
    posix_spawn_file_actions_init(&silent);
    posix_spawn_file_actions_addopen(&silent, 1, "/dev/null", O_WRONLY, 0);
    is_set = 1;
  }
  pid_t child;
  int status = -1;
  double started = now_us();
  if (posix_spawnp(&child, command[0], &silent, NULL, command, environ) != 0 || waitpid(child, &status, 0) < 0 ||
      status != 0) {
    fprintf(stderr, "%s failed (%d)\n", command[0], status);
    exit(1);
  }
  return now_us() - started;
}

int main(int argc, char **argv) {
  char **commands[MOST_COMMANDS];
  int count = 0;
  for (int at = 2; at < argc; at++) {
    /* Not "--", which is the commands' own. */
    if (strcmp(argv[at], "---") != 0 || count == MOST_COMMANDS) continue;
    argv[at] = NULL;
    commands[count++] = argv + at + 1;
  }
  int rounds = argc > 1 ? atoi(argv[1]) : 0;
  for (int round = -WARM_UPS; round < rounds; round++) {
    double taken[MOST_COMMANDS];
    for (int step = 0; step < count; step++) {
      int index = (round + WARM_UPS + step) % count;
      taken[index] = run_us(commands[index]);
    }
    for (int index = 0; round >= 0 && index < count; index++)
      printf("%.1f%s", taken[index], index + 1 < count ? " " : "\n");
  }
  return 0;
}
