#define UNINET_LANES 8
#define UNINET_KERNELS kernelsAvx2
#define UNINET_KERNELS_NAME "AVX2"
#include "model/plan/kernels_body.inc"
