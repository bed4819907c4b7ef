#!/bin/bash
# mkroot.sh ROOT [SUITE]   make (or reuse) a Debian root holding packages.txt.
# Root: directly. Ordinary user: mmdebstrap --mode=unshare, unpacked as that user.
#
# SPDX-License-Identifier: GPL-3.0-or-later
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
root=${1:?usage: mkroot.sh ROOT [SUITE]}; suite=${2:-trixie}
want=$( { echo "$suite"; cat "$here/packages.txt" "${BASH_SOURCE[0]}"; } | sha256sum | cut -c1-64)
[ "$(cat "$root/.made-from" 2>/dev/null)" != "$want" ] || { echo "root is up to date: $root"; exit 0; }

# the first archive URI this host's own apt uses (main archive, not -security)
mirror=$(apt-get indextargets --format '$(REPO_URI) $(CODENAME)' 2>/dev/null |
         awk '$2 !~ /security/ && !s[$1]++ {print $1; exit}')
[ -n "$mirror" ] || mirror=$(sed -n 's/^URIs: *\([^ ]*\).*/\1/p; s/^deb  *\(\[[^]]*\] *\)\{0,1\}\([^ ]*\).*/\2/p' \
         /etc/apt/sources.list.d/*.sources /etc/apt/sources.list 2>/dev/null | head -1)
[ -n "$mirror" ] || { echo "no apt mirror is configured on this host" >&2; exit 1; }
mirror=${mirror%/}
srcs=("deb $mirror $suite main" "deb $mirror $suite-updates main")
sec=${mirror%/debian}/debian-security
[ "$sec" = "$mirror/debian-security" ] || srcs+=("deb $sec $suite-security main")

pkgs=$(sed 's/#.*//' "$here/packages.txt" | tr -s ' \n' ',' | sed 's/^,//;s/,$//')
opts=(--variant=apt --include="$pkgs"
  --aptopt='Acquire::Languages "none"' --aptopt='APT::Install-Recommends "false"'
  --aptopt='Acquire::Check-Valid-Until "false"' --aptopt='Acquire::Retries "5"'
  --dpkgopt=force-unsafe-io --dpkgopt=force-confold
  --dpkgopt='path-exclude=/usr/share/doc/*' --dpkgopt='path-exclude=/usr/share/man/*'
  --dpkgopt='path-exclude=/usr/share/gtk-doc/*' --dpkgopt='path-exclude=/usr/share/info/*'
  --essential-hook='printf "#!/bin/sh\nexit 101\n" > "$1/usr/sbin/policy-rc.d"; chmod 755 "$1/usr/sbin/policy-rc.d"'
  --essential-hook='mkdir -p "$1/etc/postgresql-common"; echo "create_main_cluster = false" > "$1/etc/postgresql-common/createcluster.conf"'
  --customize-hook='mkdir -p "$1/src" "$1/build" "$1/shared" "$1/run/user"; rm -f "$1/etc/apt/sources.list" "$1"/etc/apt/sources.list.d/*'
  --customize-hook='printf "127.0.0.1 localhost\n::1 localhost\n" > "$1/etc/hosts"; echo "dev:x:1000:1000:dev:/home/dev:/bin/bash" >> "$1/etc/passwd"; echo "dev:x:1000:" >> "$1/etc/group"; mkdir -p "$1/home/dev"'
  --customize-hook='printf "<?xml version=\"1.0\"?><!DOCTYPE fontconfig SYSTEM \"urn:fontconfig:fonts.dtd\"><fontconfig><alias binding=\"same\"><family>Adwaita Sans</family><prefer><family>Inter</family></prefer></alias><alias><family>sans-serif</family><prefer><family>Inter</family><family>Noto Sans</family></prefer></alias></fontconfig>" > "$1/etc/fonts/local.conf"'
  --customize-hook='rm -f "$1/etc/resolv.conf" "$1/etc/machine-id"; : > "$1/etc/resolv.conf"; echo 0123456789abcdef0123456789abcdef > "$1/etc/machine-id"')
mkdir -p "$(dirname "$root")"; rm -rf --one-file-system "$root.new"
if [ "$(id -u)" = 0 ]; then
  mmdebstrap --mode=root --format=directory "${opts[@]}" "$suite" "$root.new" "${srcs[@]}"
else
  grep -q "^$(id -un):" /etc/subuid && grep -q "^$(id -un):" /etc/subgid || {
    echo "you have no subordinate ids: have an administrator run “usermod --add-subuids 100000-165535 --add-subgids 100000-165535 $(id -un)”, then try again" >&2
    exit 1
  }
  mkdir "$root.new"
  mmdebstrap --mode=unshare --format=tar "${opts[@]}" "$suite" - "${srcs[@]}" |
    tar -C "$root.new" -x --no-same-owner --exclude='./dev/*' --delay-directory-restore
  chmod -R u+rwX "$root.new"
fi
echo "$want" > "$root.new/.made-from"
rm -rf --one-file-system "$root"; mv "$root.new" "$root"
