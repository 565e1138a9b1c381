#!/usr/bin/env bash
# Pictures of the window for the eye: every size, light and dark, English and German, at 1x and 2x,
# before and after an attack, and each tab. Needs a build and no display.
#
#   resources/scripts/screenshots.sh [FOLDER [LANGUAGE…]]      out/screens, en and de unless given
#
# The tabs of a split show a small sweep, which is made once and kept in FOLDER/results.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

folder=${1:-out/screens}
languages=("${@:2}")
if [ ${#languages[@]} -eq 0 ]; then languages=(en de); fi
program=build/release/uninet
if [ ! -x "$program" ]; then
  echo "screenshots: $program is not there; ./run.sh builds it" >&2
  exit 1
fi
mkdir -p "$folder"
export QT_QPA_PLATFORM=offscreen

# A split of two images is enough to fill every tab. A finished sweep is not computed again.
"$program" sweep --preset paper --limit 2 --out "$folder/results"
for language in "${languages[@]}"; do
  for scale in 1 2; do
    QT_SCALE_FACTOR=$scale "$program" first-light --screens "$folder" --language "$language" \
      --results "$folder/results/results.sqlite"
  done
done
echo "written to $folder"
