# The CUDA Toolkit and a LibTorch that has CUDA: the unpacked archive, or the folder torch of an
# installed wheel. CMAKE_PREFIX_PATH has to be that folder: Debian's LibTorch would be found before it.
enable_language(CUDA)
find_package(CUDAToolkit REQUIRED)
set(CMAKE_CUDA_STANDARD 17)
set(CMAKE_CUDA_ARCHITECTURES ${UNINET_CUDA_ARCHITECTURES})

# Torch's own list, "8.0;9.0": without it old LibTorchs ask nvcc for cards that it no longer knows.
set(TORCH_CUDA_ARCH_LIST "")
foreach(architecture IN LISTS UNINET_CUDA_ARCHITECTURES)
  string(REGEX REPLACE "^([0-9]+)([0-9])$" "\\1.\\2" capability "${architecture}")
  list(APPEND TORCH_CUDA_ARCH_LIST ${capability})
endforeach()
find_package(Torch REQUIRED)
find_library(UNINET_TORCH_CUDA torch_cuda PATHS "${TORCH_INSTALL_PREFIX}/lib" NO_DEFAULT_PATH)
if(NOT UNINET_TORCH_CUDA)
  message(FATAL_ERROR "UNINET_CUDA: the LibTorch in ${TORCH_INSTALL_PREFIX} has no CUDA; name one "
                      "that has with -DCMAKE_PREFIX_PATH=FOLDER (the folder torch of the wheel, or "
                      "libtorch of the archive)")
endif()

# The libraries of a wheel need others of its neighbours (nvidia/…/lib), which they find by
# themselves when they run; ld asks for them at the link, and would take an older NCCL of the toolkit.
file(GLOB wheel_libraries LIST_DIRECTORIES true "${TORCH_INSTALL_PREFIX}/../nvidia/*/lib")
foreach(folder IN LISTS wheel_libraries)
  add_link_options("-Wl,-rpath-link,${folder}")
endforeach()

# A wheel brings the runtime of OpenMP: a process must not have two of them.
file(GLOB wheel_gomp "${TORCH_INSTALL_PREFIX}/lib/libgomp*.so*")
if(wheel_gomp)
  list(GET wheel_gomp 0 wheel_gomp)
  set(OpenMP_gomp_LIBRARY "${wheel_gomp}" CACHE FILEPATH "OpenMP runtime of LibTorch")
endif()
