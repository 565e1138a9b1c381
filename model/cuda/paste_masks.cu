#include "model/cuda/paste_masks.h"

#include "model/cuda/launch.cuh"
#include "model/cuda/paste_masks_body.h"

namespace uninet::cuda {

void pasteMasks(const PasteTask& task, std::int64_t most, Stream stream) {
  pasteMasksOn(Grid("pasteMasks", stream), task, most);
}

}  // namespace uninet::cuda
