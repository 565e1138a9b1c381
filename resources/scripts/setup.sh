# shellcheck shell=bash
# Shared by run.sh and test.sh, which source it from the top of the repository: missing packages,
# and the one build folder of both, so that neither repeats what the other has done.

build_folder=build/release

fail() {
  printf '%s: %s\n' "$(basename "$0")" "$*" >&2
  exit 1
}

# What this run needs: every program its packages.txt, some a list more.
package_lists=(resources/scripts/packages.txt)
listed_packages() { sed -e 's/#.*//' -e '/^[[:space:]]*$/d' "${package_lists[@]}"; }

missing_packages() {
  local installed
  # shellcheck disable=SC2016  # the fields are dpkg-query's
  # It exits with 1 as soon as one package is unknown; what it prints is all that counts.
  installed=$(listed_packages | xargs dpkg-query -W -f='${db:Status-Status} ${Package}\n' \
    2>/dev/null | sed -n 's/^installed //p' || true)
  listed_packages | grep -vxF -f <(printf '%s\n' "$installed" /) || true
}

# install_packages yes|no: installs what is missing; asks before it uses sudo unless told yes.
install_packages() {
  local yes=$1 missing answer sudo=()
  command -v dpkg-query >/dev/null || fail "this needs Debian 12: there is no dpkg-query here;" \
    "install what resources/scripts/packages.txt names and build with cmake --preset release"
  mapfile -t missing < <(missing_packages)
  [ ${#missing[@]} -gt 0 ] || return 0
  echo "Missing packages: ${missing[*]}"
  if [ "$(id -u)" != 0 ]; then
    command -v sudo >/dev/null || fail "packages are missing and there is no sudo here;" \
      "install them as root: apt-get install ${missing[*]}"
    sudo=(sudo)
    if [ "$yes" != yes ]; then
      [ -t 0 ] || fail "packages are missing and there is no terminal to ask on;" \
        "run it as root or with --yes"
      read -r -p "Install them with sudo apt-get? [y/N] " answer
      case $answer in [yY]*) ;; *) fail "nothing was installed" ;; esac
    fi
  fi
  "${sudo[@]}" env DEBIAN_FRONTEND=noninteractive apt-get update ||
    fail "apt-get update failed; is there a network?"
  "${sudo[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends \
    "${missing[@]}" || fail "apt-get could not install the packages; this needs Debian 12"
}

# Compilers that may run at once: one a core, and 4 GB of memory for each.
build_jobs() {
  local cores memory limit
  cores=$(nproc)
  memory=$(awk '/^MemAvailable/ {print int($2 / 1024)}' /proc/meminfo)
  limit=$(cat /sys/fs/cgroup/memory.max 2>/dev/null || echo max)
  if [ "$limit" != max ] && [ $((limit / 1048576)) -lt "$memory" ]; then
    memory=$((limit / 1048576))
  fi
  local jobs=$(((memory + 1024) / 4096))
  if [ "$jobs" -gt "$cores" ]; then jobs=$cores; fi
  if [ "$jobs" -lt 1 ]; then jobs=1; fi
  echo "$jobs"
}

# A Python or conda environment in PATH or in the variables would hand CMake its own Qt, OpenCV
# and compilers, which do not go together with Debian's.
with_debian_tools() {
  env -u CMAKE_PREFIX_PATH -u CMAKE_GENERATOR -u PKG_CONFIG_PATH -u LD_LIBRARY_PATH -u CPATH \
    -u CC -u CXX -u CPPFLAGS -u CFLAGS -u CXXFLAGS -u LDFLAGS \
    PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin "$@"
}

# ninja_in FOLDER TARGET…
ninja_in() {
  local folder=$1
  shift
  with_debian_tools ninja -C "$folder" -j "$(build_jobs)" "$@" || fail "the build failed, see above"
}

# build_targets TARGET…: Release. Configured with tests and, where the compiler is the one the
# warnings were cleaned for, warnings as errors, in run.sh as well: other flags would build anew.
build_targets() {
  local werror=OFF
  if [ ! -f "$build_folder/build.ninja" ]; then
    case $(with_debian_tools g++ -dumpversion) in 12 | 12.*) werror=ON ;; esac
    rm -f "$build_folder/CMakeCache.txt" # of a configuration that did not come to its end
    with_debian_tools cmake -S . -B "$build_folder" -G Ninja -DCMAKE_BUILD_TYPE=Release \
      -DUNINET_GUI=ON -DUNINET_WERROR=$werror -DBUILD_TESTING=ON || fail "cmake failed, see above"
  fi
  ninja_in "$build_folder" "$@"
}
