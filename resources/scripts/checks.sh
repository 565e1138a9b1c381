# shellcheck shell=bash
# The checks of test.sh, which sources it from the top of the repository after setup.sh. Each adds to
# what sum_up prints.

passed=0
failed=0
cells=()

# A line of the summary: count NAME PASSED FAILED.
count() {
  cells+=("$1: $2 passed, $3 failed")
  echo "${cells[-1]}"
  passed=$((passed + $2))
  failed=$((failed + $3))
}

# The counts of each part, if there were several, and of all; fails unless all passed.
sum_up() {
  if [ ${#cells[@]} -gt 1 ]; then printf '%s\n' "" "${cells[@]}"; fi
  echo "$passed passed, $failed failed"
  [ "$passed" -gt 0 ] && [ "$failed" -eq 0 ]
}

# suite FOLDER NAME LABELS VARIABLE=VALUE…: the tests with one of the LABELS (a regular expression;
# all if empty) under these variables. With two threads a test takes both cores.
suite() {
  local folder=$1 name=$2 labels=$3 jobs=2 log total bad counts
  shift 3
  local log=$folder/tests.log selection=()
  if [ -n "$labels" ]; then selection=(-L "$labels"); fi
  case " $* " in *" OMP_NUM_THREADS=1 "*) ;; *) jobs=1 ;; esac
  echo "== $name"
  # Qt wants a UTF-8 locale, and ctest's summary is read below.
  env LC_ALL=C.UTF-8 "$@" ctest --test-dir "$folder" --parallel "$jobs" "${selection[@]}" \
    --output-on-failure --no-tests=error 2>&1 | tee "$log" || true
  counts=$(sed -n 's/^[0-9]*% tests passed, \([0-9]*\) tests\{0,1\} failed out of \([0-9]*\).*/\1 \2/p' "$log")
  read -r bad total <<<"${counts:-1 1}" # no summary: ctest itself failed
  awk '/^Totals: / {p += $2; f += $4; s += $6}
       END {printf "Test functions: %d passed, %d failed, %d skipped.\n", p, f, s}' \
    "$folder/Testing/Temporary/LastTest.log"
  count "$name" $((total - bad)) "$bad"
}

# German with its decimal comma, made into the build folder; texts stay English. The variables to
# give to suite().
comma_locale() {
  local folder=$PWD/${build_folder:?}/locales
  if [ ! -d "$folder/de_DE.UTF-8" ]; then
    mkdir -p "$folder"
    # It warns of nothing that matters here, and says so with its exit code.
    localedef -i de_DE -f UTF-8 "$folder/de_DE.UTF-8" || true
    [ -d "$folder/de_DE.UTF-8" ] || fail "localedef could not make de_DE.UTF-8, see above"
  fi
  echo "LC_ALL=de_DE.UTF-8 LANGUAGE=en LOCPATH=$folder"
}

# as_avx2 LABELS, under_comma LABELS: on an older processor, under a decimal comma.
as_avx2() {
  suite "$build_folder" "as a processor with AVX2" "$1" OMP_NUM_THREADS=1 \
    ATEN_CPU_CAPABILITY=avx2 DNNL_MAX_CPU_ISA=AVX2
}
under_comma() {
  local variables
  variables=$(comma_locale)
  # shellcheck disable=SC2086  # one word for each variable
  suite "$build_folder" "under a decimal comma" "$1" OMP_NUM_THREADS=1 $variables
}

check_programs() {
  as_avx2 program
  under_comma program
}

check_matrix() {
  local busy
  suite "$build_folder" "all tests, two threads" "" OMP_NUM_THREADS=2
  as_avx2 'program|parity'
  suite "$build_folder" "as a processor with SSE4.1" 'program|parity' OMP_NUM_THREADS=1 \
    ATEN_CPU_CAPABILITY=default DNNL_MAX_CPU_ISA=SSE41
  under_comma 'program|parity'
  (while :; do :; done) &
  busy=$!
  # shellcheck disable=SC2064  # of now
  trap "kill $busy" EXIT
  taskset -cp 0 $busy >/dev/null
  suite "$build_folder" "beside a busy process" 'program|parity' OMP_NUM_THREADS=1
  kill $busy
  trap - EXIT
}

check_asan() {
  with_debian_tools cmake --preset asan || fail "cmake failed, see above"
  ninja_in build/asan
  # CUDA's libraries need the gap that the sanitizer would protect.
  suite build/asan "sanitizers" "" OMP_NUM_THREADS=1 \
    ASAN_OPTIONS=protect_shadow_gap=0:detect_leaks=1 \
    LSAN_OPTIONS="suppressions=$PWD/resources/scripts/leaks.txt:print_suppressions=0" \
    UBSAN_OPTIONS=print_stacktrace=1
}

# Every source that is compiled. Precompiled headers are g++'s; what moc makes is made without
# compiling anything.
check_tidy() {
  local folder=build/tidy log total bad
  with_debian_tools cmake -S . -B $folder -G Ninja -DCMAKE_BUILD_TYPE=Release -DUNINET_GUI=ON \
    -DCMAKE_DISABLE_PRECOMPILE_HEADERS=ON -DBUILD_TESTING=ON || fail "cmake failed, see above"
  find $folder -name AutogenInfo.json -print0 |
    xargs -0 -I{} cmake -E cmake_autogen {} Release || fail "moc failed, see above"
  log=$folder/findings.log
  sed -n 's/^ *"file": "\(.*\)".*/\1/p' $folder/compile_commands.json | grep -v "^$PWD/build/" |
    sort -u >$folder/sources.txt
  # shellcheck disable=SC2016  # $1 is the file of each process
  xargs -P "$(build_jobs)" -I{} bash -c '
      if found=$(clang-tidy-14 -p "$1" --quiet --extra-arg=-Wno-unknown-warning-option \
          --extra-arg-before=-include --extra-arg-before="$PWD"/resources/scripts/tidy_prelude.h \
          "$2" 2>"$1/clang-tidy.log"); then
        printf "%s\n" "clean $2"
      else
        printf "%s\n" "$found" "found $2"
      fi' _ $folder {} <$folder/sources.txt | tee $log
  total=$(wc -l <$folder/sources.txt)
  bad=$((total - $(grep -c '^clean ' $log || true)))
  count "clang-tidy" $((total - bad)) $bad
}

# check_fuzz SECONDS: what a target has found before is where it goes on.
check_fuzz() {
  local seconds=$1 folder=build/fuzz program name found log runs
  with_debian_tools cmake --preset fuzz || fail "cmake failed, see above"
  ninja_in $folder
  for program in "$folder"/tests/fuzz/fuzz_*; do
    if [ ! -f "$program" ] || [ ! -x "$program" ]; then continue; fi
    name=$(basename "$program" | sed 's/^fuzz_//')
    log=$folder/$name.log
    mkdir -p "$folder/grown/$name" "$folder/found"
    if UBSAN_OPTIONS=print_stacktrace=1 "$program" -max_total_time="$seconds" -timeout=25 \
      -rss_limit_mb=4096 -print_final_stats=1 -artifact_prefix="$folder/found/$name-" \
      "$folder/grown/$name" "$folder/corpus/$name" >"$log" 2>&1; then
      runs=$(sed -n 's/^stat::number_of_executed_units: *//p' "$log")
      count "$name, $runs executions" 1 0
    else
      tail -n 40 "$log"
      found=$(sed -n 's/.*Test unit written to //p' "$log" | tail -n 1)
      count "$name, kept in ${found:-no file, see $log}" 0 1
    fi
  done
}
