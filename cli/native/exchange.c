#include "exchange.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <sys/un.h>
#include <unistd.h>

#include "http.h"

/* Longer answers, and longer waits, are left to the Node client. */
enum { MOST_RECEIVED = 8 << 20, PIECE = 65536, PATIENCE_SECONDS = 3 };

#ifndef MSG_NOSIGNAL
#define MSG_NOSIGNAL 0
#endif

static int open_socket(void) {
#ifdef SOCK_CLOEXEC
  return socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
#else
  int connection = socket(AF_UNIX, SOCK_STREAM, 0);
  int yes = 1;
  if (connection >= 0) {
    fcntl(connection, F_SETFD, FD_CLOEXEC);
    setsockopt(connection, SOL_SOCKET, SO_NOSIGPIPE, &yes, sizeof yes);
  }
  return connection;
#endif
}

int exchange_connect(const char *socket_path) {
  struct sockaddr_un address = {.sun_family = AF_UNIX};
  struct timeval patience = {.tv_sec = PATIENCE_SECONDS};
  size_t length = strlen(socket_path);
  if (length >= sizeof address.sun_path) return -1;
  memcpy(address.sun_path, socket_path, length + 1);
  int connection = open_socket();
  if (connection < 0) return -1;
  /* Holds for `connect`, too, which waits where many connect at once. */
  setsockopt(connection, SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof patience);
  if (connect(connection, (const struct sockaddr *)&address, sizeof address) == 0) return connection;
  close(connection);
  return -1;
}

static bool send_all(int connection, const struct bytes *request) {
  for (size_t sent = 0; sent < request->length;) {
    ssize_t count = send(connection, request->at + sent, request->length - sent, MSG_NOSIGNAL);
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) return false;
    sent += (size_t)count;
  }
  return true;
}

/** Waits for a piece and adds it; 0 at the end of the connection, -1 if nothing more can be received here. */
static ssize_t receive(int connection, struct bytes *received) {
  struct pollfd readable = {.fd = connection, .events = POLLIN};
  int ready = poll(&readable, 1, PATIENCE_SECONDS * 1000);
  if (ready < 0 && errno == EINTR) return receive(connection, received);
  if (ready <= 0 || received->length > MOST_RECEIVED || !bytes_reserve(received, PIECE)) return -1;
  ssize_t count = recv(connection, received->at + received->length, PIECE, 0);
  if (count > 0) received->length += (size_t)count;
  return count;
}

bool exchange(int connection, const struct bytes *request, struct bytes *received, struct bytes *body) {
  if (!send_all(connection, request)) return false;
  for (;;) {
    ssize_t count = receive(connection, received);
    if (count < 0) return false;
    switch (http_read(received->at, received->length, count == 0, body)) {
      case HTTP_COMPLETE:
        return true;
      case HTTP_OTHER:
        return false;
      case HTTP_MORE:
        break;
    }
  }
}
