#!/usr/bin/env bash
# Builds uninet with CUDA into build/cuda.   resources/scripts/build_cuda.sh [--yes] [OPTION…] [TARGET…]
#   --torch FOLDER          a LibTorch with CUDA: libtorch of the unpacked archive, or the folder torch
#                           of an installed wheel (default: that of the python3 in PATH)
#   --nvcc FILE             default: nvcc in PATH, or /usr/local/cuda/bin/nvcc
#   --architectures LIST    compute capabilities of the cards, "80;90"
#   --without-window        as UNINET_GUI=OFF
#   --yes                   do not ask before using sudo for missing Debian packages
# TARGET: of ninja, default uninet; "all" is with the tests. Nothing but the Debian packages is
# installed: pip install torch, or the archive from pytorch.org, brings LibTorch.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
. resources/scripts/setup.sh

torch= nvcc= yes=no gui=ON architectures="80;90" targets=()
value_of() { [ $# -ge 2 ] && [ -n "$2" ] || fail "$1 expects a value"; }
while [ $# -gt 0 ]; do
  case $1 in
    --torch) value_of "$@"; torch=$2; shift ;;
    --nvcc) value_of "$@"; nvcc=$2; shift ;;
    --architectures) value_of "$@"; architectures=$2; shift ;;
    --without-window) gui=OFF ;;
    --yes) yes=yes ;;
    -*) fail "expected --torch, --nvcc, --architectures, --without-window or --yes, found $1" ;;
    *) targets+=("$1") ;;
  esac
  shift
done
[ ${#targets[@]} -gt 0 ] || targets=(uninet)

install_packages $yes

if [ -z "$nvcc" ]; then
  nvcc=$(command -v nvcc || true)
  [ -n "$nvcc" ] || nvcc=/usr/local/cuda/bin/nvcc
fi
[ -x "$nvcc" ] || fail "there is no nvcc in PATH nor in /usr/local/cuda: install NVIDIA's CUDA" \
  "Toolkit, or name it with --nvcc"

if [ -z "$torch" ]; then
  # Without importing it, which takes long and wants all its libraries.
  torch=$(python3 -c 'import importlib.util as u; s = u.find_spec("torch")
print(s.submodule_search_locations[0] if s else "")' 2>/dev/null || true)
  [ -n "$torch" ] || fail "there is no LibTorch with CUDA: python3 -m pip install torch," \
    "or name one with --torch FOLDER"
fi
[ -d "$torch" ] || fail "--torch: there is no folder $torch"
torch=$(cd "$torch" && pwd)
[ -f "$torch/share/cmake/Torch/TorchConfig.cmake" ] ||
  fail "$torch is no LibTorch: it has no share/cmake/Torch/TorchConfig.cmake"
compgen -G "$torch/lib/libtorch_cuda*.so" >/dev/null ||
  fail "the LibTorch in $torch has no CUDA (lib/libtorch_cuda.so); take the build for CUDA"

build_folder=build/cuda
werror=OFF
case $(with_debian_tools g++ -dumpversion) in 12 | 12.*) werror=ON ;; esac
# Anew: another LibTorch than the last time would not be found.
with_debian_tools cmake --fresh -S . -B "$build_folder" -G Ninja -DCMAKE_BUILD_TYPE=Release \
  -DUNINET_CUDA=ON -DUNINET_GUI=$gui -DUNINET_WERROR=$werror -DBUILD_TESTING=ON \
  -DUNINET_CUDA_ARCHITECTURES="$architectures" -DCMAKE_CUDA_COMPILER="$nvcc" \
  -DCMAKE_PREFIX_PATH="$torch" || fail "cmake failed, see above"
ninja_in "$build_folder" "${targets[@]}"
if [ -x "$build_folder/uninet" ]; then "$build_folder/uninet" --version --verbose; fi
