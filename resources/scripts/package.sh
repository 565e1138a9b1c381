# shellcheck shell=bash
# test.sh --package, which sources this after setup.sh and checks.sh: the Debian package is made,
# judged, and installed, run and removed in a fresh Debian 12 (debootstrap; UNINET_MIRROR names
# another mirror). Needs root for the fresh root folder, and the network.

as_root() { if [ "$(id -u)" = 0 ]; then "$@"; else sudo "$@"; fi; }

# step NAME COMMAND…: one line of the summary; what the command prints is shown where it fails.
step() {
  local name=$1
  shift
  if "$@" >"$package_log" 2>&1; then
    count "$name" 1 0
  else
    tail -n 40 "$package_log"
    count "$name" 0 1
    return 1
  fi
}

# A step is a condition, in which set -e does not count: its commands are joined by &&.
make_package() {
  rm -f "${build_folder:?}"/uninet-workbench*.deb &&
    (cd "$build_folder" && with_debian_tools cpack) &&
    ls -l "$build_folder"/uninet-workbench*.deb
}

# Errors of lintian fail; what else it says is shown.
judge_package() {
  local root=()
  if [ "$(id -u)" = 0 ]; then root=(--allow-root); fi
  lintian "${root[@]}" --fail-on error --info "$build_folder"/uninet-workbench*.deb
}

# AppStream would have a name with a domain, which this program has not: warnings are shown.
judge_desktop_files() {
  local files=$build_folder/staged said
  rm -rf "$files" && dpkg-deb -x "$build_folder"/uninet-workbench_*.deb "$files" &&
    desktop-file-validate "$files/usr/share/applications/uninet-workbench.desktop" &&
    said=$(appstreamcli validate --no-net \
      "$files/usr/share/metainfo/uninet-workbench.metainfo.xml" || true) &&
    printf '%s\n' "$said" && ! grep '^E:' <<<"$said"
}

# It reaches its packages as this machine does.
make_root() {
  as_root debootstrap --variant=minbase bookworm "$fresh" \
    "${UNINET_MIRROR:-http://deb.debian.org/debian}" &&
    as_root cp /etc/resolv.conf "$fresh/etc/resolv.conf" &&
    apt-config dump --format '%f "%v";%n' Acquire::http Acquire::https Acquire::Check-Date \
      Acquire::Check-Valid-Until |
    as_root tee "$fresh/etc/apt/apt.conf.d/90of-the-host" >/dev/null &&
    as_root mount -t proc proc "$fresh/proc"
}

in_root() {
  as_root env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/root LC_ALL=C.UTF-8 \
    DEBIAN_FRONTEND=noninteractive QT_QPA_PLATFORM=offscreen chroot "$fresh" "$@"
}

install_package() {
  as_root cp "$build_folder"/uninet-workbench_*.deb "$fresh/root/" && in_root apt-get update &&
    in_root sh -c 'apt-get install -y --no-install-recommends /root/uninet-workbench_*.deb'
}

# It writes the pictures that the program writes here.
run_installed() {
  local here=$build_folder/first-light there
  in_root uninet --version && in_root uninet first-light --out /root/first-light &&
    rm -rf "$here" &&
    QT_QPA_PLATFORM=offscreen "$build_folder/uninet" first-light --out "$here" &&
    there=$(in_root ls /root/first-light) && [ -n "$there" ] && [ "$there" = "$(ls "$here")" ]
}

read_manual() {
  in_root sh -c 'zcat /usr/share/man/man1/uninet.1.gz' | grep '^\.TH UNINET 1'
}

# Purging leaves nothing that has its name.
remove_package() {
  local left
  in_root apt-get purge -y uninet-workbench &&
    left=$(in_root find /usr /etc /var/lib/dpkg/info -iname '*uninet*') &&
    printf '%s\n' "$left" && [ -z "$left" ]
}

drop_root() {
  if mountpoint -q "$fresh/proc"; then as_root umount "$fresh/proc"; fi
  as_root rm -rf --one-file-system "$(dirname "$fresh")"
}

check_package() {
  package_log=$PWD/$build_folder/package.log
  build_targets uninet
  step "the package is made" make_package || return 0
  step "lintian finds no error" judge_package || true
  grep '^[EWI]:' "$package_log" || true
  step "desktop file and metadata are valid" judge_desktop_files || true
  # Inside a folder that mktemp lets only its owner into: apt's own user has to see its root.
  fresh=$(mktemp -d)/debian
  trap drop_root EXIT
  if step "a fresh Debian 12" make_root && step "apt installs it" install_package; then
    step "first-light there" run_installed || true
    step "its manual page" read_manual || true
    step "apt removes it" remove_package || true
  fi
  drop_root
  trap - EXIT
}
