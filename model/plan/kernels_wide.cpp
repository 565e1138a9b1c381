#define UNINET_LANES 16
#define UNINET_KERNELS kernelsWideOnAvx2
#define UNINET_KERNELS_NAME "16 lanes on AVX2"
#include "model/plan/kernels_body.inc"
