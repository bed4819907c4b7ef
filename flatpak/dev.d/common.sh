# common.sh: where things are, what the host needs, and how to run a command where Belay builds
#
# A command runs in one of two places: on this system, where it has every library and tool in the
# versions that are needed, or in a Debian 13 root. Either way $BELAY_SOURCE is the tree and
# $BELAY_BUILD a folder to build in. What is said goes to stderr; stdout is the command's own.
#
# SPDX-License-Identifier: GPL-3.0-or-later

# What is built and copied is no secret, and uid 1000 must be able to enter it whatever the caller's umask is
umask 022

say () { echo "dev: $*" >&2; }
fail () { echo "dev: $*" >&2; exit 1; }

if [ -n "${BELAY_DEV_CACHE:-}" ]; then
  mkdir -p "$BELAY_DEV_CACHE"
  belay_cache=$(cd "$BELAY_DEV_CACHE" && pwd)
elif [ "$(id -u)" = 0 ]; then
  belay_cache=/var/cache/belay-dev
else
  belay_cache=${XDG_CACHE_HOME:-$HOME/.cache}/belay-dev
fi
belay_key=$(printf %s "$belay_tree" | sha256sum | cut -c1-12)
belay_build=$belay_cache/build/$belay_key
belay_binds=()

as_root () {
  if [ "$(id -u)" = 0 ]; then "$@"; else sudo "$@"; fi
}

# host_needs PROGRAM PACKAGE …: installs what is missing
host_needs () {
  local missing=()

  while [ $# -gt 0 ]; do
    command -v "$1" >/dev/null || missing+=("$2")
    shift 2
  done
  [ ${#missing[@]} -gt 0 ] || return 0

  command -v apt-get >/dev/null || fail "this needs ${missing[*]}: install them with your system's packages, then try again"
  [ "$(id -u)" = 0 ] || command -v sudo >/dev/null ||
    fail "this needs ${missing[*]}: have an administrator run “apt-get install ${missing[*]}”, then try again"
  say "installing ${missing[*]}"
  as_root apt-get update -qq >&2 || true
  as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" >&2 ||
    fail "${missing[*]} could not be installed; the lines above say why"
}

# Called by root, commands run as uid 1000: PostgreSQL and WebKit's sandbox want no root.
as_developer () {
  if [ "$(id -u)" = 0 ]; then setpriv --reuid 1000 --regid 1000 --clear-groups -- "$@"; else "$@"; fi
}

own_folder () {
  mkdir -p "$1"
  [ "$(id -u)" != 0 ] || [ "$(stat -c %u "$1")" = 1000 ] || chown 1000:1000 "$1"
}

everybody_reads () { # PATH: whether the developer may read all of it
  as_developer find "$1" -not -path '*/.git/*' \( -type d -not -executable -o -not -type l -not -readable \) \
    -print -quit 2>/dev/null | grep -q . && return 1
  as_developer test -r "$1"
}

# readable PATH NAME: PATH, or a copy that the developer may read
readable () {
  local copy=$belay_build/copies/$2

  if everybody_reads "$1"; then
    printf '%s\n' "$1"
    return
  fi
  rm -rf --one-file-system "$copy.new"
  mkdir -p "$copy.new"
  if [ -d "$1" ]; then
    tar -C "$1" --exclude=./.git -cf - . | tar -C "$copy.new" --no-same-owner -xf -
  else
    cp --preserve=timestamps "$1" "$copy.new/file"
  fi
  chmod -R a+rX,u+w "$copy.new"
  chmod a+rx "$belay_build/copies"
  rm -rf --one-file-system "$copy"
  mv "$copy.new" "$copy"
  [ -d "$1" ] && printf '%s\n' "$copy" || printf '%s\n' "$copy/file"
}

# ../shared of the tree, or of the tree that this one is a worktree of
find_shared () {
  local common

  if [ -d "$belay_tree/../shared" ]; then
    (cd "$belay_tree/../shared" && pwd)
  elif common=$(git -c safe.directory='*' -C "$belay_tree" rev-parse --path-format=absolute --git-common-dir 2>/dev/null) &&
      [ -d "$common/../../shared" ]; then
    (cd "$common/../../shared" && pwd)
  fi
}

system_suffices () {
  local line program

  [ "$(id -u)" != 0 ] && [ -z "${BELAY_DEV_ROOT:-}" ] || return 1
  for program in pkg-config meson ninja cc blueprint-compiler msgfmt Xvfb dbus-run-session python3; do
    command -v "$program" >/dev/null || return 1
  done
  while read -r line; do
    case $line in '#'* | '') continue ;; esac
    pkg-config --exists "$line" 2>/dev/null || return 1
  done < "$belay_flatpak/root/libraries.txt"
}

make_root () {
  local key

  host_needs mmdebstrap mmdebstrap bwrap bubblewrap
  [ "$(id -u)" = 0 ] || host_needs newuidmap uidmap
  key=$(cat "$belay_flatpak/root/packages.txt" "$belay_flatpak/root/mkroot.sh" | sha256sum | cut -c1-12)
  belay_root=$belay_cache/root-$key
  mkdir -p "$belay_cache"
  if [ ! -e "$belay_root/.made-from" ]; then
    say "making a Debian 13 root in $belay_root (some minutes, once)"
    (
      flock 9
      bash "$belay_flatpak/root/mkroot.sh" "$belay_root" > "$belay_cache/root-$key.log" 2>&1
    ) 9> "$belay_cache/root-$key.lock" || {
      tail -n 20 "$belay_cache/root-$key.log" >&2
      fail "the root could not be made; $belay_cache/root-$key.log has the rest"
    }
  fi
}

# Chooses the place; idempotent
prepare () {
  [ -z "${belay_place:-}" ] || return 0

  if system_suffices; then
    belay_place=system
    BELAY_SOURCE=$belay_tree BELAY_BUILD=$belay_build
    say "using this system's libraries"
  else
    belay_place=root
    make_root
    say "using the Debian 13 root $belay_root"
    as_developer test -x "$belay_cache" ||
      fail "uid 1000 may not enter $belay_cache; set BELAY_DEV_CACHE to a folder that everybody may enter"
    belay_source=$(readable "$belay_tree" source)
    [ "$belay_source" = "$belay_tree" ] || say "uid 1000 may not read $belay_tree: working on a copy"
    BELAY_SOURCE=/src BELAY_BUILD=/build
  fi
  mkdir -p "$belay_cache/build"
  own_folder "$belay_build"
  own_folder "$belay_cache/ccache"
  belay_shared=$(find_shared)
}

# bind PATH: have it visible, read-only and under its own name, inside
bind () {
  local path

  path=$(readlink -e "$1") || fail "there is no $1"
  belay_binds+=(--ro-bind "$(readable "$path" "bind-$(printf %s "$path" | sha256sum | cut -c1-12)")" "$path")
}

# inside [--offline] CMD…: runs it in the place that prepare chose
inside () {
  local offline=() binds=("${belay_binds[@]}")

  if [ "${1:-}" = --offline ]; then
    offline=(--offline)
    shift
  fi
  if [ "$belay_place" = system ]; then
    env BELAY_SOURCE="$belay_tree" BELAY_BUILD="$belay_build" BELAY_SHARED="$belay_shared" \
      CCACHE_DIR="$belay_cache/ccache" "$@"
    return
  fi
  [ -z "$belay_shared" ] || binds+=(--ro-bind "$belay_shared" /shared --setenv BELAY_SHARED /shared)
  binds+=(--bind "$belay_cache/ccache" /home/dev/.ccache)
  bash "$belay_flatpak/root/enter.sh" "$belay_root" "$belay_source" "$belay_build" "${offline[@]}" "${binds[@]}" -- "$@"
}

# inside_until_told CMD…: like inside, and passes SIGTERM and SIGINT on to CMD
inside_until_told () {
  local status=0 child

  if [ "$belay_place" = system ]; then
    inside "$@" &
    child=$!
    trap 'pkill -TERM -P $child || kill -TERM $child || true' TERM INT
  else
    belay_info=$(mktemp)
    [ "$(id -u)" != 0 ] || chown 1000 "$belay_info"
    ENTER_INFO=$belay_info inside "$@" &
    child=$!
    # bwrap itself forwards nothing; what it started is the child of the first process inside
    trap 'pkill -TERM -P "$(sed -n "s/.*\"child-pid\": \([0-9]*\).*/\1/p" "$belay_info")" || true' TERM INT
  fi
  wait $child || status=$?
  while kill -0 $child 2>/dev/null; do
    status=0
    wait $child || status=$?
  done
  trap - TERM INT
  [ "$belay_place" = system ] || rm -f "$belay_info"
  return $status
}

# build [KIND]: plain, sanitize or fuzz; each in its own folder, plain also installed beside
build () {
  local kind=${1:-plain}

  prepare
  say "building ($kind)"
  # Two builds of one checkout would trip over each other
  exec 8> "$belay_build.lock"
  flock 8
  inside bash "$BELAY_SOURCE/flatpak/root/build.sh" "$kind" >&2 8>&- || fail "Belay does not build; the lines above say why"
  exec 8>&-
}
