# What "cmake --install" puts below a prefix; it runs from there and after the folder has moved.
# Component "program" is what the Debian package holds (Package.cmake).
include(GNUInstallDirs)
set(CMAKE_INSTALL_DEFAULT_COMPONENT_NAME program)
set(UNINET_DOC_DIR "${CMAKE_INSTALL_DATAROOTDIR}/doc/uninet-workbench")

install(TARGETS uninet)
# What resourceFile() finds; the rest of resources/ serves the build and the desktop.
install(DIRECTORY "${CMAKE_SOURCE_DIR}/resources/" DESTINATION "${CMAKE_INSTALL_DATADIR}/uninet"
  PATTERN cmake EXCLUDE PATTERN scripts EXCLUDE PATTERN icons EXCLUDE PATTERN desktop EXCLUDE
  PATTERN package EXCLUDE PATTERN examples EXCLUDE)
install(FILES "${CMAKE_SOURCE_DIR}/README.md" DESTINATION "${UNINET_DOC_DIR}")
# Debian has this text once for all packages.
install(FILES "${CMAKE_SOURCE_DIR}/LICENSE" DESTINATION "${UNINET_DOC_DIR}" COMPONENT licence)

# For plugins with attacks: the headers of what computes, and what find_package(UniNetWorkbench)
# reads. The program itself has the functions behind them.
include(CMakePackageConfigHelpers)
set(UNINET_CMAKE_DIR "${CMAKE_INSTALL_DATADIR}/cmake/UniNetWorkbench")
configure_file("${CMAKE_SOURCE_DIR}/resources/cmake/UniNetWorkbenchConfig.cmake.in"
  "${CMAKE_BINARY_DIR}/UniNetWorkbenchConfig.cmake" @ONLY)
write_basic_package_version_file("${CMAKE_BINARY_DIR}/UniNetWorkbenchConfigVersion.cmake"
  COMPATIBILITY ExactVersion)
install(FILES "${CMAKE_BINARY_DIR}/UniNetWorkbenchConfig.cmake"
  "${CMAKE_BINARY_DIR}/UniNetWorkbenchConfigVersion.cmake"
  DESTINATION "${UNINET_CMAKE_DIR}" COMPONENT development)
foreach(layer core model attacks)
  install(DIRECTORY "${CMAKE_SOURCE_DIR}/${layer}" DESTINATION "${CMAKE_INSTALL_INCLUDEDIR}/uninet"
    COMPONENT development FILES_MATCHING PATTERN "*.h")
endforeach()
install(DIRECTORY "${CMAKE_SOURCE_DIR}/resources/examples/attack_plugin"
  DESTINATION "${CMAKE_INSTALL_DATAROOTDIR}/doc/uninet-workbench-dev/examples" COMPONENT development)

# The manual page is what the program that is installed says of itself.
install(CODE "
  execute_process(COMMAND \"${CMAKE_COMMAND}\" -E env OMP_NUM_THREADS=1 \"$<TARGET_FILE:uninet>\"
    help-pages --man \"${CMAKE_BINARY_DIR}/uninet.1\" COMMAND_ERROR_IS_FATAL ANY)
  execute_process(COMMAND gzip -9nf \"${CMAKE_BINARY_DIR}/uninet.1\" COMMAND_ERROR_IS_FATAL ANY)")
install(FILES "${CMAKE_BINARY_DIR}/uninet.1.gz" DESTINATION "${CMAKE_INSTALL_MANDIR}/man1")

# Releases with their dates: "## [0.2.0] - 2026-11-29" in the changelog.
file(STRINGS "${CMAKE_SOURCE_DIR}/CHANGELOG.md" headings REGEX "^## \\[[0-9]")
set_property(DIRECTORY "${CMAKE_SOURCE_DIR}" APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS CHANGELOG.md)
set(UNINET_RELEASES)
foreach(heading ${headings})
  if(NOT heading MATCHES "^## \\[([0-9.]+)\\] - ([0-9]+-[0-9]+-[0-9]+)$")
    message(FATAL_ERROR "CHANGELOG.md: expected \"## [VERSION] - YEAR-MONTH-DAY\", found \"${heading}\"")
  endif()
  string(APPEND UNINET_RELEASES
    "    <release version=\"${CMAKE_MATCH_1}\" date=\"${CMAKE_MATCH_2}\"/>\n")
endforeach()

if(UNINET_GUI)
  set(desktop "${CMAKE_SOURCE_DIR}/resources/desktop")
  set(icons "${CMAKE_SOURCE_DIR}/resources/icons")
  set(hicolor "${CMAKE_INSTALL_DATADIR}/icons/hicolor")
  install(FILES "${desktop}/uninet-workbench.desktop" DESTINATION "${CMAKE_INSTALL_DATADIR}/applications")
  configure_file("${desktop}/uninet-workbench.metainfo.xml"
    "${CMAKE_BINARY_DIR}/uninet-workbench.metainfo.xml" @ONLY)
  install(FILES "${CMAKE_BINARY_DIR}/uninet-workbench.metainfo.xml"
    DESTINATION "${CMAKE_INSTALL_DATADIR}/metainfo")
  install(FILES "${desktop}/uninet-workbench.xml" DESTINATION "${CMAKE_INSTALL_DATADIR}/mime/packages")
  install(FILES "${icons}/uninet.svg" DESTINATION "${hicolor}/scalable/apps"
    RENAME uninet-workbench.svg)
  foreach(side 16 24 32 48 64 128 256)
    install(FILES "${icons}/uninet-${side}.png" DESTINATION "${hicolor}/${side}x${side}/apps"
      RENAME uninet-workbench.png)
  endforeach()
endif()
