# usage: flatpak/dev flatpak [--test]
#
# Builds the Flatpak from its manifest, without a network, in a stand-in for GNOME's runtime that is
# made of Debian packages once; makes the bundle, installs it, runs its tests, and prints the
# bundle's path. --test: prints the tests' sum instead. See flatpak/README.md for building on
# Flathub's own runtime.
#
# SPDX-License-Identifier: GPL-3.0-or-later

make_runtime () {
  local key

  host_needs mmdebstrap mmdebstrap
  key=$(cat "$belay_flatpak/root/mkruntime.sh" "$belay_flatpak/root/runtime-packages.txt" | sha256sum | cut -c1-12)
  runtime=$belay_cache/runtime-$key
  (
    flock 9
    [ ! -e "$runtime/made" ] || exit 0
    say "making the stand-in runtime in $runtime (some minutes, once)"
    bash "$belay_flatpak/root/mkruntime.sh" "$runtime" > "$runtime.log" 2>&1
  ) 9> "$runtime.lock" || {
    tail -n 20 "$runtime.log" >&2
    fail "the stand-in runtime could not be made; $runtime.log has the rest"
  }
  own_folder "$runtime"
}

# The tarballs that the manifest names, taken from the Debian archive that this host's apt uses
fetch_sources () {
  local name sum path mirror file

  host_needs curl curl
  mirror=$(apt-get indextargets --format '$(REPO_URI) $(CODENAME)' | awk '$2 !~ /security/ {print $1; exit}')
  while read -r name sum path; do
    case $name in '#'* | '') continue ;; esac
    file=$belay_cache/sources/downloads/$sum/$name
    [ ! -e "$file" ] || continue
    mkdir -p "$(dirname "$file")"
    curl -fsSL --retry 3 -o "$file.new" "${mirror%/}/pool/main/$path" || fail "$name could not be fetched"
    echo "$sum  $file.new" | sha256sum --check --quiet >&2 || fail "$name is not the file that the manifest names"
    mv "$file.new" "$file"
  done < "$belay_flatpak/sources.txt"
}

dev_main () {
  BELAY_DEV_ROOT=yes build
  make_runtime
  fetch_sources
  belay_binds+=(--bind "$runtime" /tmp/runtime --ro-bind "$belay_cache/sources" /tmp/sources)
  say "building the Flatpak"
  inside --offline dbus-run-session -- bash "$BELAY_SOURCE/flatpak/root/bundle.sh" /tmp/sources ||
    fail "the Flatpak does not build; $belay_build/flatpak/build.log has the rest"
  if [ "${1:-}" = --test ]; then
    inside --offline bash "$BELAY_SOURCE/flatpak/root/desk.sh" bash "$BELAY_SOURCE/flatpak/root/bundle-test.sh"
  else
    inside --offline bash "$BELAY_SOURCE/flatpak/root/desk.sh" bash "$BELAY_SOURCE/flatpak/root/bundle-test.sh" >&2 ||
      fail "the Flatpak is built, but its tests fail"
    echo "$belay_build/flatpak/org.belay.Belay.flatpak"
  fi
}
