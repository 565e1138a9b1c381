# "cpack" in the build folder makes the Debian package of what was built there; test.sh --package
# checks it. Libraries that are linked are found by dpkg-shlibdeps; what the program opens by name
# is listed here.
set(UNINET_MAINTAINER "The UniNet Workbench developers <maintainers@uninet-workbench.invalid>"
  CACHE STRING "Who is named as maintainer of the Debian package")
set(release 1) # of the package, not of the program

set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGE_NAME uninet-workbench)
set(CPACK_PACKAGE_VENDOR "The UniNet Workbench developers")
set(CPACK_PACKAGE_CONTACT "${UNINET_MAINTAINER}")
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_STRIP_FILES ON)
set(CPACK_INSTALL_DEFAULT_DIRECTORY_PERMISSIONS
  OWNER_READ OWNER_WRITE OWNER_EXECUTE GROUP_READ GROUP_EXECUTE WORLD_READ WORLD_EXECUTE)
set(CPACK_COMPONENTS_ALL program development)
set(CPACK_DEB_COMPONENT_INSTALL ON)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_RELEASE ${release})
set(CPACK_DEBIAN_PACKAGE_PRIORITY optional)

set(CPACK_DEBIAN_PROGRAM_PACKAGE_NAME uninet-workbench)
set(CPACK_DEBIAN_PROGRAM_PACKAGE_SECTION science)
set(CPACK_DEBIAN_PROGRAM_PACKAGE_SHLIBDEPS ON)
# The first line is the summary; one for all packages would come before it.
set(CPACK_COMPONENT_PROGRAM_DESCRIPTION
"attack one task of a multi-task network, watch the others
A laboratory for researchers who study how detection, segmentation, instance
masks, depth and instance depth of one network depend on each other: attacks
on one of them, the damage to all of them beside the clean predictions, charts
and figures for papers.
.
The program uninet has a window and commands for scripts. It brings a small
network and a procedural street world to start with, and reads checkpoints of
PyTorch, Cityscapes and NYUv2.")
# A BLAS that makes matrix products fast, and fonts: without one windows and figures have no text.
set(depends libopenblas0-pthread fonts-dejavu-core fontconfig)
if(UNINET_GUI)
  list(APPEND depends fonts-inter qt6-translations-l10n)
  set(CPACK_DEBIAN_PROGRAM_PACKAGE_RECOMMENDS "qt6-wayland")
  set(CPACK_DEBIAN_PROGRAM_PACKAGE_SUGGESTS "fonts-noto-cjk")
endif()
list(JOIN depends ", " CPACK_DEBIAN_PROGRAM_PACKAGE_DEPENDS)

set(CPACK_DEBIAN_DEVELOPMENT_PACKAGE_NAME uninet-workbench-dev)
set(CPACK_DEBIAN_DEVELOPMENT_PACKAGE_SECTION libdevel)
set(CPACK_DEBIAN_DEVELOPMENT_PACKAGE_DEPENDS "uninet-workbench (= ${PROJECT_VERSION}-${release}), \
g++, cmake, libtorch-dev, libopencv-dev, nlohmann-json3-dev")
set(CPACK_COMPONENT_DEVELOPMENT_DESCRIPTION
"headers for attacks as plugins of UniNet Workbench
Headers for attacks of one's own on multi-task networks, which UniNet Workbench
loads as plugins (uninet --plugin FILE), and an example of one.")

# Debian's own changelog has one entry a release and leads to the program's.
set(debian "${CMAKE_BINARY_DIR}/debian")
set(entries)
foreach(heading ${headings})
  string(REGEX MATCH "^## \\[([0-9.]+)\\] - ([0-9-]+)$" heading "${heading}")
  set(version ${CMAKE_MATCH_1})
  execute_process(COMMAND date -u -R -d "${CMAKE_MATCH_2}" OUTPUT_VARIABLE date
    OUTPUT_STRIP_TRAILING_WHITESPACE ERROR_QUIET)
  string(APPEND entries "uninet-workbench (${version}-${release}) bookworm; urgency=medium\n\n"
    "  * Version ${version}; changelog.gz says what is new.\n\n"
    " -- ${UNINET_MAINTAINER}  ${date}\n\n")
endforeach()
file(CONFIGURE OUTPUT "${debian}/changelog.Debian" CONTENT "${entries}")
configure_file("${CMAKE_SOURCE_DIR}/CHANGELOG.md" "${debian}/changelog" COPYONLY)

# uninet_debian_docs(PACKAGE COMPONENT): what policy wants of each package; of no use outside of one.
function(uninet_debian_docs package component)
  install(CODE "execute_process(COMMAND gzip -9nkf \"${debian}/changelog\"
    \"${debian}/changelog.Debian\" COMMAND_ERROR_IS_FATAL ANY)"
    COMPONENT ${component} EXCLUDE_FROM_ALL)
  install(FILES "${CMAKE_SOURCE_DIR}/resources/package/copyright" "${debian}/changelog.gz"
    "${debian}/changelog.Debian.gz"
    DESTINATION "${CMAKE_INSTALL_DATAROOTDIR}/doc/${package}" COMPONENT ${component} EXCLUDE_FROM_ALL)
endfunction()
uninet_debian_docs(uninet-workbench program)
uninet_debian_docs(uninet-workbench-dev development)

include(CPack)
