#!/bin/bash
# build.sh KIND   configure and build in $BELAY_BUILD/KIND: plain (installed in plain/prefix too),
# sanitize (address and undefined behaviour), fuzz (clang, libFuzzer targets only)
#
# SPDX-License-Identifier: GPL-3.0-or-later
set -euo pipefail
kind=$1 folder=$BELAY_BUILD/$1
options=(--werror -Dprofile=development -Dtests=true "--prefix=$folder/prefix" --libdir=lib)
case $kind in
  plain) ;;
  sanitize) options+=(-Db_sanitize=address,undefined -Db_lundef=false) ;;
  fuzz)
    export CC="ccache clang"
    # Warnings are gcc's to judge: GLib's own macros do not please clang
    options=("${options[@]/--werror/--buildtype=debugoptimized}" -Dfuzzers=true -Db_sanitize=address,undefined -Db_lundef=false)
    ;;
  *) echo "build.sh: there is no kind “$kind”" >&2 && exit 2 ;;
esac

if [ ! -f "$folder/build.ninja" ]; then
  mkdir -p "$folder"
  meson setup "$folder" "$BELAY_SOURCE" "${options[@]}" > "$folder/setup.log" 2>&1 || {
    tail -n 40 "$folder/setup.log"
    rm -f "$folder/build.ninja"
    exit 1
  }
fi
target=(all)
[ "$kind" != fuzz ] || target=(fuzzers)
ninja -C "$folder" "${target[@]}" > "$folder/build.log" 2>&1 || {
  grep -vE '^(ninja: Entering|\[[0-9]+/[0-9]+\] (Compiling|Linking|Generating|Building))' "$folder/build.log" | tail -n 80
  exit 1
}
[ "$kind" != plain ] || meson install -C "$folder" --no-rebuild --only-changed --quiet > "$folder/install.log" 2>&1 || {
  tail -n 20 "$folder/install.log"
  exit 1
}
