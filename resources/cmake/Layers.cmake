# Flags that every target shares. In g++ 12 "text" + std::string raises false alarms (PR 105329):
# -Wrestrict, and behind a precompiled header -Wstringop-overflow, -Wstringop-overread, -Warray-bounds.
add_library(uninet_flags INTERFACE)
target_compile_definitions(uninet_flags INTERFACE QT_NO_KEYWORDS
  "$<$<BOOL:${UNINET_CUDA}>:UNINET_CUDA>")
target_compile_options(uninet_flags INTERFACE -Wall -Wextra
  "$<$<CXX_COMPILER_ID:GNU>:-Wno-restrict;-Wno-stringop-overflow;-Wno-stringop-overread;-Wno-array-bounds>"
  $<$<BOOL:${UNINET_WERROR}>:-Werror>)
target_include_directories(uninet_flags INTERFACE "${CMAKE_SOURCE_DIR}")

# uninet_layer(<name> LINK <libraries…>): one static library per folder, all .cpp files below it.
# A layer sees the layers that it links and nothing else; tests/app/tst_layers.cpp checks the includes.
function(uninet_layer name)
  cmake_parse_arguments(ARG "" "" "LINK;PRIVATE_LINK" ${ARGN})
  file(GLOB_RECURSE sources CONFIGURE_DEPENDS "${CMAKE_CURRENT_SOURCE_DIR}/*.cpp"
       "${CMAKE_CURRENT_SOURCE_DIR}/*.h")
  add_library(uninet_${name} STATIC ${sources})
  target_link_libraries(uninet_${name} PUBLIC uninet_flags ${ARG_LINK} PRIVATE ${ARG_PRIVATE_LINK})
endfunction()

# Precompiled: the headers of libraries take most of a file's time (measured: a clean build of model
# takes half as long). A file still includes what it uses.
set(UNINET_CORE_PCH <nlohmann/json.hpp> <opencv2/imgproc.hpp> <algorithm> <filesystem> <functional> <map>
    <memory> <optional> <set> <string> <vector>)
set(UNINET_TORCH_PCH <ATen/ATen.h> <opencv2/core.hpp> <map> <memory> <string> <vector>)
set(UNINET_WINDOW_PCH <QtWidgets> ${UNINET_CORE_PCH})
