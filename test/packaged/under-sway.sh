#!/bin/sh
# Runs a command in sway, a Wayland compositor, without a screen; ends with its exit code.
set -eu
[ $# -gt 0 ] || { echo "usage: $0 command …" >&2; exit 2; }
for program in sway swaymsg wl-paste; do
  command -v "$program" >/dev/null || { echo "$program is not installed" >&2; exit 1; }
done
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
chmod 700 "$folder"
# Sway takes a line; the arguments go to it through a file, each in quotes.
{
  echo '#!/bin/sh'
  echo 'unset DISPLAY'
  for argument; do
    printf "'%s' " "$(printf %s "$argument" | sed "s/'/'\\\\''/g")"
  done
  printf '\necho $? > "%s/code"\nswaymsg exit\n' "$folder"
} > "$folder/command"
chmod +x "$folder/command"
printf 'xwayland disable\nexec "%s/command"\n' "$folder" > "$folder/config"
XDG_RUNTIME_DIR=$folder XDG_SESSION_TYPE=wayland WLR_BACKENDS=headless WLR_LIBINPUT_NO_DEVICES=1 \
  WLR_RENDERER=pixman sway --config "$folder/config" || true
# Without that file the command never ran to its end.
exit "$(cat "$folder/code")"
