#!/bin/bash
# bundle.sh SOURCES   builds the manifest offline on the stand-in runtime at /tmp/runtime, makes the
# bundle, installs it for this user, under $BELAY_BUILD/flatpak. Says on stderr what it does.
#
# SPDX-License-Identifier: GPL-3.0-or-later
set -euo pipefail
work=$BELAY_BUILD/flatpak id=org.belay.Belay
mkdir -p "$work/tools"
# flatpak-builder unpacks with the tools that it finds outside the sandbox
for tool in bzip2 xz; do
  command -v $tool > /dev/null || ln -sf "/tmp/runtime/org.gnome.Sdk/files/bin/$tool" "$work/tools/$tool"
done
export PATH=$PATH:$work/tools
export FLATPAK_USER_DIR=$work/installed DBUS_SYSTEM_BUS_ADDRESS=${DBUS_SESSION_BUS_ADDRESS:-}

if [ ! -f /tmp/runtime/repo/exported ]; then
  echo "putting the stand-in runtime into a repository" >&2
  rm -rf /tmp/runtime/repo
  ostree --repo=/tmp/runtime/repo init --mode=archive
  ostree --repo=/tmp/runtime/repo config set archive.zlib-level 1
  for name in org.gnome.Platform org.gnome.Sdk; do
    flatpak build-export --disable-sandbox --runtime --files=files --metadata=metadata --no-update-summary \
      /tmp/runtime/repo "/tmp/runtime/$name" 50 >&2
  done
  flatpak build-update-repo /tmp/runtime/repo >&2
  touch /tmp/runtime/repo/exported
fi
timeout 60 flatpak --user remote-add --if-not-exists --no-gpg-verify stand-in file:///tmp/runtime/repo >&2
for name in org.gnome.Platform org.gnome.Sdk; do
  flatpak --user info "$name//50" > /dev/null 2>&1 ||
    timeout 300 flatpak --user install -y --noninteractive stand-in "$name//50" >&2
done
python3 "$BELAY_SOURCE/flatpak/root/stand-in.py" "$BELAY_SOURCE/flatpak/$id.yml" "$BELAY_SOURCE" "$work/stand-in"
timeout 1200 flatpak-builder --user --disable-rofiles-fuse --disable-download --ccache --force-clean --default-branch=stable \
  "--extra-sources=$1" "--state-dir=$work/state" "--repo=$work/repo" "$work/app" \
  "$work/stand-in/$id.yml" > "$work/build.log" 2>&1 || { tail -n 40 "$work/build.log" >&2; exit 1; }
timeout 120 flatpak build-bundle "$work/repo" "$work/$id.flatpak" "$id" stable >&2
timeout 120 flatpak --user uninstall -y --noninteractive "$id" > /dev/null 2>&1 || true
timeout 120 flatpak --user install -y --noninteractive --bundle "$work/$id.flatpak" >&2
