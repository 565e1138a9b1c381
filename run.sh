#!/usr/bin/env bash
# Installs what is missing, builds, and opens the window on the built-in demo.
#   ./run.sh [--yes] [arguments of uninet …]
# --yes: do not ask before using sudo. Without a display the same job is done offscreen and its
# pictures are written to out/first-light/.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
. resources/scripts/setup.sh

yes=no
if [ "${1:-}" = --yes ]; then
  yes=yes
  shift
fi

# An X server that answers, or a Wayland session that this Qt can talk to.
has_display() {
  local host number
  if [ -n "${WAYLAND_DISPLAY:-}" ] &&
    compgen -G "/usr/lib/*/qt6/plugins/platforms/libqwayland*" >/dev/null; then
    return 0
  fi
  [ -n "${DISPLAY:-}" ] || return 1
  host=${DISPLAY%:*} number=${DISPLAY##*:} number=${number%%.*}
  case $host in
    '' | unix) [ -S "/tmp/.X11-unix/X$number" ] ;;
    *) (exec 3<>"/dev/tcp/$host/$((6000 + number))") 2>/dev/null ;;
  esac
}

install_packages $yes
build_targets uninet

program=$build_folder/uninet
if [ $# -gt 0 ]; then
  exec "$program" "$@"
elif [ -n "${QT_QPA_PLATFORM:-}" ] && [ "${QT_QPA_PLATFORM:-}" != offscreen ] || has_display; then
  exec "$program"
else
  echo "There is no display: the demo runs without a window."
  QT_QPA_PLATFORM=offscreen "$program" first-light --out out/first-light
  echo "Written to $PWD/out/first-light:"
  ls out/first-light
fi
