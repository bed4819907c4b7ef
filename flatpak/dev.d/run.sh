# usage: flatpak/dev run [--as learner|manager|admin|NAME] [--headless]
#
# Builds Belay, starts the demo server on loopback and opens the application on it, signed in as a
# person of the demo: by role, or NAME, a name or an e-mail address, or the beginning of one. It all
# ends with the window, or with Ctrl-C.
#
# Everything that the demo writes is in a folder of its own that goes when it ends; the session bus is
# its own too, so that nothing of it gets into your keyring or settings. Where there is no display, or
# with --headless, it runs on a display of its own, writes pictures of the main places and prints their
# paths.
#
# SPDX-License-Identifier: GPL-3.0-or-later

# The X display, the Wayland socket, what allows to use them, and the graphics card
bind_display () {
  local wayland=${WAYLAND_DISPLAY:-} socket

  [ "$belay_place" = root ] || return 0
  belay_binds+=(--on-display --setenv XDG_SESSION_TYPE "${XDG_SESSION_TYPE:-}")
  [ ! -d /dev/dri ] || belay_binds+=(--dev-bind /dev/dri /dev/dri)
  # Its name may be a whole path
  case $wayland in
    /*) socket=$wayland ;;
    *) socket=${XDG_RUNTIME_DIR:-/nowhere}/$wayland ;;
  esac
  if [ -S "$socket" ] && as_developer test -w "$socket"; then
    belay_binds+=(--bind "$socket" /run/user/1000/wayland-0 --setenv WAYLAND_DISPLAY wayland-0)
  fi
  if [ -n "${DISPLAY:-}" ]; then
    [ ! -d /tmp/.X11-unix ] || belay_binds+=(--ro-bind /tmp/.X11-unix /tmp/.X11-unix)
    belay_binds+=(--setenv DISPLAY "$DISPLAY")
    bind_authority "${XAUTHORITY:-$HOME/.Xauthority}"
  fi
}

bind_authority () { # FILE
  local copy=$belay_build/xauthority

  [ -r "$1" ] || return 0
  rm -f "$copy"
  # The cookie names this host, which inside has another name
  if command -v xauth > /dev/null; then
    (umask 077 && touch "$copy" && xauth -f "$1" nlist "$DISPLAY" | sed 's/^..../ffff/' | xauth -f "$copy" nmerge - 2> /dev/null)
  else
    install -m 600 "$1" "$copy"
  fi
  [ "$(id -u)" != 0 ] || chown 1000:1000 "$copy"
  belay_binds+=(--ro-bind "$copy" /run/user/1000/xauthority --setenv XAUTHORITY /run/user/1000/xauthority)
}

dev_main () {
  local person=learner display=yes status=0 file

  while [ $# -gt 0 ]; do
    case $1 in
      --as) person=${2:?--as wants learner, manager, admin or a name} && shift 2 ;;
      --headless) display=no && shift ;;
      *) fail "run does not know $1; see flatpak/dev run --help" ;;
    esac
  done
  if [ $display = yes ] && [ -z "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ]; then
    say "there is no display: running without one, for pictures"
    display=no
  fi
  build
  own_folder "$belay_build/pictures"
  if [ $display = yes ]; then
    bind_display
    inside_until_told bash "$BELAY_SOURCE/flatpak/root/run.sh" "$person" >&2 || status=$?
    return $status
  fi
  rm -f "$belay_build"/pictures/*.png
  inside_until_told bash "$BELAY_SOURCE/flatpak/root/desk.sh" \
    bash "$BELAY_SOURCE/flatpak/root/run.sh" "$person" "$BELAY_BUILD/pictures" >&2 || status=$?
  for file in "$belay_build"/pictures/*.png; do
    [ ! -e "$file" ] || printf '%s\n' "$file"
  done
  return $status
}
