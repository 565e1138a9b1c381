#!/usr/bin/env bash
# Installs what is missing, builds, and runs every test.   ./test.sh [--yes]
# The last line counts test programs (each tests/*/tst_*.cpp is one): "N passed, N failed".
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
. resources/scripts/setup.sh

yes=no
if [ "${1:-}" = --yes ]; then yes=yes; fi

install_packages $yes
build_targets all

log=$build_folder/tests.log
# Qt wants a UTF-8 locale, and ctest's summary is read below.
OMP_NUM_THREADS=1 LC_ALL=C.UTF-8 ctest --test-dir "$build_folder" --parallel 2 \
  --output-on-failure --no-tests=error 2>&1 | tee "$log" || true

summary=$(sed -n 's/^[0-9]*% tests passed, \([0-9]*\) tests\{0,1\} failed out of \([0-9]*\).*/\1 \2/p' "$log")
read -r failed total <<<"${summary:-0 0}"
totals=$build_folder/Testing/Temporary/LastTest.log
if [ -f "$totals" ]; then
  awk '/^Totals: / {p += $2; f += $4; s += $6}
       END {printf "Test functions: %d passed, %d failed, %d skipped.\n", p, f, s}' "$totals"
fi
echo "$((total - failed)) passed, $failed failed"
[ "$total" -gt 0 ] && [ "$failed" -eq 0 ]
