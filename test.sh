#!/usr/bin/env bash
# Installs what is missing, builds, and runs every test.   ./test.sh [--yes] [MODE]
# The last line counts test programs (each tests/*/tst_*.cpp is one): "N passed, N failed".
# One MODE checks more:
#   --ci            then whole programs as on an older processor and under a decimal comma
#   --matrix        everything with one and with two threads; whole programs and parity as on two
#                   older processors, under a decimal comma, and beside a busy process
#   --asan          everything under address and undefined behaviour sanitizers, with leaks
#   --tidy          clang-tidy over every source; the last line counts files
#   --package       the Debian package is made, judged by lintian, and installed, run and removed in a
#                   fresh Debian 12, which takes root and the network
#   --fuzz SECONDS  each fuzz target for so long; the last line counts targets
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
. resources/scripts/setup.sh
. resources/scripts/checks.sh
. resources/scripts/package.sh

yes=no
if [ "${1:-}" = --yes ]; then
  yes=yes
  shift
fi
mode=${1:-}
case $mode in
  '' | --ci | --matrix | --asan) ;;
  --tidy | --fuzz | --package) package_lists+=("resources/scripts/packages-${mode#--}.txt") ;;
  *) fail "expected --ci, --matrix, --asan, --tidy, --package or --fuzz SECONDS, found $mode" ;;
esac
seconds=
if [ "$mode" = --fuzz ]; then
  seconds=${2:-}
  [[ $seconds =~ ^[1-9][0-9]*$ ]] || fail "--fuzz expects a number of seconds, found \"$seconds\""
  shift
fi
[ $# -le 1 ] || fail "one mode at a time: found $2 after $mode"

install_packages $yes
case $mode in
  --asan) check_asan ;;
  --tidy) check_tidy ;;
  --fuzz) check_fuzz "$seconds" ;;
  --package) check_package ;;
  *)
    build_targets all
    suite "$build_folder" "all tests, one thread" "" OMP_NUM_THREADS=1
    case $mode in
      --ci) check_programs ;;
      --matrix) check_matrix ;;
    esac
    ;;
esac
sum_up
