#include "output.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <unistd.h>

enum { PAUSE_MS = 5 };

void output_open(void) {
  for (int stream = 0; stream <= 2; stream++)
    if (fcntl(stream, F_GETFD) < 0 && errno == EBADF && open("/dev/null", O_RDWR) < 0) _exit(1);
}

int output_write(const struct bytes *output) {
  signal(SIGPIPE, SIG_IGN);
  signal(SIGXFSZ, SIG_IGN);
  for (size_t written = 0; written < output->length;) {
    ssize_t count = write(STDOUT_FILENO, output->at + written, output->length - written);
    if (count >= 0) {
      written += (size_t)count;
      continue;
    }
    if (errno == EPIPE) return 0;
    if (errno != EAGAIN && errno != EINTR) return errno;
    /* A full pipe that another process made non-blocking: give the reader a moment. */
    if (errno == EAGAIN) poll(NULL, 0, PAUSE_MS);
  }
  return 0;
}
