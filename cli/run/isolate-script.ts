/** Tries everything that `ISOLATE` needs, without a command. `$1` is the user's number. What goes wrong is its output. */
export const TRY_OUT = `
exec 2>&1
exec unshare --user --map-root-user --net --mount -- sh -ec '
ip link set lo up
mount -t tmpfs -o mode=0700 tokentray /tmp
exec unshare --user --mount --map-user="$1" --map-group=0 -- true
' sh "$1"
`;

/**
 * Runs in new user, network and mount namespaces, as their root: hides what is listed, starts the forwarder, and becomes the
 * command in namespaces of its own once more, in which nothing that was hidden can be brought back (mount_namespaces(7):
 * mounts of a more privileged namespace are locked together).
 *
 * Arguments: our folder, the port, user, group, Node, our command line, `setsid` or nothing, the command.
 */
export const ISOLATE = `
folder=$1 port=$2 user=$3 group=$4 node=$5 script=$6 session=$7
shift 7
fail() { echo "tokentray: The command could not be isolated, so it was not run: $1." >&2; exit 1; }
ip link set lo up || fail "it has no loopback device"
while IFS= read -r place; do
  [ -d "$place" ] || continue
  mount -t tmpfs -o mode=0700,size=1m tokentray "$place" || fail "$place cannot be hidden"
done < "$folder/folders"
while IFS= read -r place; do
  [ -S "$place" ] || continue
  mount --bind /dev/null "$place" || fail "$place cannot be hidden"
done < "$folder/sockets"
(NODE_OPTIONS= ELECTRON_RUN_AS_NODE=1 "$node" "$script" __forward "$folder" "$port" </dev/null >/dev/null 2>&1 &)
tries=0
until [ -e "$folder/ready" ]; do
  tries=$((tries + 1))
  [ "$tries" -lt 400 ] || fail "nothing leads out of it"
  sleep 0.05
done
exec $session unshare --user --mount --map-user="$user" --map-group="$group" -- "$@"
`;
