/*
 * tokentray-peer: prints which process is at the other end of a connected Unix socket, given as file descriptor 3:
 * "PID UID GID\n", as the system knows them (SO_PEERCRED; LOCAL_PEERPID and getpeereid on macOS). The PID is that of the
 * process that connected, which may have ended since; it is 0 for one outside of our PID namespace. Exits with 1 where the
 * system does not say. Node has no call for this.
 */
#define _GNU_SOURCE
#include <stdio.h>
#include <sys/socket.h>
#include <unistd.h>
#ifdef __APPLE__
#include <sys/un.h>
#endif

enum { SOCKET_FD = 3 };

struct peer {
  long pid;
  unsigned long uid;
  unsigned long gid;
};

static int read_peer(int socket, struct peer *peer) {
#ifdef __APPLE__
  pid_t pid = 0;
  uid_t uid = 0;
  gid_t gid = 0;
  socklen_t size = sizeof pid;
  if (getsockopt(socket, SOL_LOCAL, LOCAL_PEERPID, &pid, &size) != 0) return -1;
  if (getpeereid(socket, &uid, &gid) != 0) return -1;
  *peer = (struct peer){pid, uid, gid};
#else
  struct ucred credentials;
  socklen_t size = sizeof credentials;
  if (getsockopt(socket, SOL_SOCKET, SO_PEERCRED, &credentials, &size) != 0) return -1;
  /* What the system gives for a socket that is not connected. */
  if (credentials.uid == (uid_t)-1) return -1;
  *peer = (struct peer){credentials.pid, credentials.uid, credentials.gid};
#endif
  return 0;
}

int main(void) {
  struct peer peer;
  if (read_peer(SOCKET_FD, &peer) != 0) return 1;
  return printf("%ld %lu %lu\n", peer.pid, peer.uid, peer.gid) < 0 || fflush(stdout) != 0 ? 1 : 0;
}
