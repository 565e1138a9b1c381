#include "core/base/memory.h"

#include <cstdlib>  // defines __GLIBC__
#ifdef __GLIBC__
#include <malloc.h>
#endif

namespace uninet {

void giveBackMemory() {
#ifdef __GLIBC__
  ::malloc_trim(0);
#endif
}

}  // namespace uninet
