#define UNINET_LANES 16
#define UNINET_KERNELS kernelsAvx512
#define UNINET_KERNELS_NAME "AVX-512"
#include "model/plan/kernels_body.inc"
