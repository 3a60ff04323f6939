/** Tries everything that `ISOLATE` needs, without a command. `$1` is the user's number. What goes wrong is its output. */
export const TRY_OUT = `
exec 2>&1
exec unshare --user --map-root-user --net --mount -- sh -ec '
ip link set lo up
mount -n -t tmpfs -o mode=0700 tokentray /tmp
mkdir /tmp/one /tmp/two
mount -n --bind -c /tmp/one /tmp/two
mount -n --make-rshared /
exec unshare --user --mount --propagation unchanged --map-user="$1" --map-group=0 -- true
' sh "$1"
`;

/** What is done to a place, by a line each: a verb, a space, the place. In this order; `/tmp`, where the plan is, comes last. */
export type Step =
  /** Empty. */
  | 'hide-folder'
  /** Empty, also after another file has taken its place. */
  | 'hide-file'
  /** Nobody listens at it. */
  | 'hide-socket'
  /** A folder of its own in the place of a shared one; the next ones say what of that is in it all the same. */
  | 'private'
  | 'keep'
  | 'keep-readonly'
  /** A new folder. */
  | 'make';

/**
 * Runs in new user, network and mount namespaces, as their root: starts the forwarder, follows the plan, and becomes the
 * command in namespaces of its own once more, in which nothing that was hidden can be brought back (mount_namespaces(7):
 * mounts of a more privileged namespace are locked together), and whose processes cannot look into those outside
 * (ptrace(2): that takes a capability in their user namespace).
 *
 * Arguments: our folder, the port, user, group, Node, our command line, `setsid` or nothing, the command's folder, the command.
 */
export const ISOLATE = `
folder=$1 port=$2 user=$3 group=$4 node=$5 script=$6 session=$7 cwd=$8
shift 8
fail() { echo "tokentray: The command could not be isolated, so it was not run: $1." >&2; exit 1; }
ip link set lo up || fail "it has no loopback device"
# In a mount namespace of its own, in which its files and our folder stay where they are.
(NODE_OPTIONS= ELECTRON_RUN_AS_NODE=1 unshare --mount -- "$node" "$script" __forward "$folder" "$port" </dev/null >/dev/null 2>&1 &)
tries=0
until [ -e "$folder/ready" ]; do
  tries=$((tries + 1))
  [ "$tries" -lt 400 ] || fail "nothing leads out of it"
  sleep 0.05
done
exec 9<"$folder/empty" || fail "its files are missing"
stage=$folder/stage
private=
hide() {
  case $1 in
    hide-folder) [ ! -d "$2" ] || mount -n -t tmpfs -o mode=0700,size=1m tokentray "$2" ;;
    hide-socket) [ ! -S "$2" ] || mount -n --bind /dev/null "$2" ;;
    hide-file)
      [ ! -f "$2" ] || [ ! -s "$2" ] || { mount -n --bind -c /proc/self/fd/9 "$2" && mount -n -o remount,bind,ro "$2"; } ;;
  esac
}
finish() { [ -z "$private" ] || mount -n --move "$stage" "$private" || fail "$private cannot be hidden"; }
again=
while IFS= read -r line; do
  verb=\${line%% *} place=\${line#* } inside=$stage/\${line#*" $private/"}
  case $verb in
    hide-*)
      hide "$verb" "$place" || fail "$place cannot be hidden"
      again="$again$line
" ;;
    private)
      finish
      private=$place mode=1777
      [ "$place" != /run ] || mode=0755
      mount -n -t tmpfs -o "mode=$mode,nosuid,nodev" tokentray "$stage" || fail "$place cannot be hidden" ;;
    make) mkdir -p -m 0700 "$inside" || fail "$place cannot be made" ;;
    keep*)
      if [ -d "$place" ]; then mkdir -p "$inside"
      elif [ -f "$place" ]; then mkdir -p "\${inside%/*}" && : >"$inside"
      else continue
      fi && mount -n --rbind "$place" "$inside" || fail "$place cannot be kept"
      [ "$verb" = keep ] || mount -n -o remount,bind,ro "$inside" || fail "$place cannot be kept" ;;
  esac
done < "$folder/plan"
finish
# What is mounted here from now on is so for the command too.
mount -n --make-rshared / || fail "its mounts cannot be changed"
# A file that is replaced, as ours are with each new token, loses what was mounted on it.
(
  IFS='
'
  set -f
  while sleep 0.1 && kill -0 $$; do
    for line in $again; do
      case $line in hide-folder*) ;; *) hide "\${line%% *}" "\${line#* }" ;; esac
    done
  done </dev/null >/dev/null 2>&1 &
)
cd "$cwd" || fail "$cwd is not there"
exec $session unshare --user --mount --propagation unchanged --map-user="$user" --map-group="$group" -- "$@" 9<&-
`;
