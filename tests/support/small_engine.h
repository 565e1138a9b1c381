#pragma once

#include <ATen/ATen.h>

#include "attacks/registry/small_case.h"
#include "model/network/network.h"
