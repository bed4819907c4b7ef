#!/bin/bash
# mkruntime.sh FOLDER [BRANCH]   makes FOLDER/org.gnome.{Platform,Sdk} (metadata and files) of Debian
# 13 packages, as stand-ins for GNOME's runtime where that cannot be downloaded. They prove the
# manifest's shape, not the exact versions of the real one.
#
# SPDX-License-Identifier: GPL-3.0-or-later
set -euo pipefail
work=$1 branch=${2:-50} suite=trixie
arch=$(uname -m)
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)

# The mirror is the one that this host's own apt uses
mirror=$(apt-get indextargets --format '$(REPO_URI) $(CODENAME)' | awk '$2 !~ /security/ && !s[$1]++ {print $1; exit}')
mirror=${mirror%/}
[ -n "$mirror" ] || { echo "no apt mirror is configured on this host" >&2; exit 1; }
lists=("deb $mirror $suite main" "deb $mirror $suite-updates main")
list () { sed -n "/^\[$1\]/,/^\[/{/^\[/d;s/#.*//;p}" "$here/runtime-packages.txt" | tr -s ' \n' ',' | sed 's/^,//;s/,$//'; }

tree () { # FOLDER PACKAGES
  local options=(--quiet --variant=essential "--include=$2"
    --aptopt='Acquire::Languages "none"' --aptopt='APT::Install-Recommends "false"'
    --aptopt='Acquire::Check-Valid-Until "false"' --aptopt='Acquire::Retries "5"' --dpkgopt=force-unsafe-io
    --dpkgopt='path-exclude=/usr/share/doc/*' --dpkgopt='path-exclude=/usr/share/man/*'
    --dpkgopt='path-exclude=/usr/share/info/*' --dpkgopt='path-exclude=/usr/share/gtk-doc/*'
    --dpkgopt='path-exclude=/usr/share/locale/*/*' --dpkgopt='path-include=/usr/share/locale/locale.alias'
    --essential-hook='printf "#!/bin/sh\nexit 101\n" > "$1/usr/sbin/policy-rc.d"; chmod 755 "$1/usr/sbin/policy-rc.d"')
  mkdir -p "$1"
  if [ "$(id -u)" = 0 ]; then
    mmdebstrap --mode=root --format=directory "${options[@]}" "$suite" "$1" "${lists[@]}"
  else
    mmdebstrap --mode=unshare --format=tar "${options[@]}" "$suite" - "${lists[@]}" |
      tar -C "$1" -x --no-same-owner --exclude='./dev/*' --delay-directory-restore
    chmod -R u+rwX "$1"
  fi
}

runtime () { # NAME PACKAGES
  local folder=$work/$1 root=$work/$1/root files=$work/$1/files

  rm -rf --one-file-system "$folder"
  tree "$root" "$2"
  rm -rf "$root"/var/lib/{apt,dpkg} "$root"/usr/sbin/policy-rc.d "$root"/usr/lib/{systemd,udev} \
    "$root"/etc/{apt,systemd,passwd*,group*,shadow*,gshadow*,hosts,hostname,resolv.conf,machine-id,mtab,localtime,timezone}
  mv "$root/usr" "$files"
  mv "$root/etc" "$files/etc"
  rm -rf --one-file-system "$root"
  # Libraries of /app and of extensions come first; flatpak makes its cache from this file
  printf '%s\n' 'include /run/flatpak/ld.so.conf.d/app-*.conf' /app/lib "/app/lib/$arch-linux-gnu" /app/lib64 \
    'include /run/flatpak/ld.so.conf.d/runtime-*.conf' /usr/local/lib "/usr/lib/$arch-linux-gnu" /usr/lib > "$files/etc/ld.so.conf"
  rm -rf "$files/etc/ld.so.conf.d"
  rm -f "$files/etc/ld.so.cache"
  ln -sfn ../libexec/flatpak-xdg-utils/flatpak-spawn "$files/bin/flatpak-spawn"
  cat > "$folder/metadata" <<METADATA
[Runtime]
name=$1
runtime=org.gnome.Platform/$arch/$branch
sdk=org.gnome.Sdk/$arch/$branch

[Environment]
GI_TYPELIB_PATH=/app/lib/girepository-1.0
GST_PLUGIN_SYSTEM_PATH=/app/lib/gstreamer-1.0:/usr/lib/$arch-linux-gnu/gstreamer-1.0
METADATA
  # What an ordinary user's repository may not hold: devices, setuid bits, unreadable files
  find "$files" \( -type b -o -type c -o -type p -o -type s \) -delete
  chmod -R u+rwX,go+rX,a-s "$files"
}

mkdir -p "$work"
runtime org.gnome.Platform "$(list platform)"
runtime org.gnome.Sdk "$(list platform),$(list sdk)"
touch "$work/made"
