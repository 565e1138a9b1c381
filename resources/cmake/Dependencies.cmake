# Every library comes from Debian 12; resources/scripts/packages.txt names the packages. With
# UNINET_CUDA LibTorch and the CUDA Toolkit do not (Cuda.cmake).
find_package(Threads REQUIRED)
# OpenCV's highgui links Qt 5, so the modules are named one by one.
find_package(OpenCV REQUIRED COMPONENTS core imgproc imgcodecs)
find_package(spdlog REQUIRED)
find_package(nlohmann_json REQUIRED)
find_package(CLI11 REQUIRED)
find_package(SQLiteCpp REQUIRED)
find_package(ZLIB REQUIRED)
# SHA-256 by the instructions of the processor.
find_package(OpenSSL REQUIRED COMPONENTS Crypto)
# OpenCV turns the indices of palette pictures into colours; labels are read without it.
find_package(PNG REQUIRED)
# Debian's libzip-config.cmake wants command line tools that are in packages of their own.
find_package(PkgConfig REQUIRED)
pkg_check_modules(LIBZIP REQUIRED IMPORTED_TARGET libzip)
if(UNINET_FUZZ)
  return() # its readers need no more
endif()
if(UNINET_CUDA)
  include(Cuda)
else()
  find_package(Torch REQUIRED)
endif()
find_package(OpenMP REQUIRED)
# Ranks that train together are connected by Gloo, which LibTorch holds without the headers that its
# ProcessGroupGloo.hpp includes. Debian's fit Debian's LibTorch; without them "uninet train" knows no
# ranks.
find_path(GLOO_INCLUDE_DIR gloo/rendezvous/store.h)

if(UNINET_GUI)
  find_package(Qt6 REQUIRED COMPONENTS Core Gui Widgets Svg PrintSupport DBus LinguistTools)
  # Debian's QCustomPlot has one header for both Qt versions and a library of its own for Qt 6.
  find_library(QCUSTOMPLOT_QT6 NAMES QCustomPlotQt6 libQCustomPlotQt6.so.2.1 REQUIRED)
endif()
if(BUILD_TESTING)
  find_package(Qt6 REQUIRED COMPONENTS Core Test)
endif()
