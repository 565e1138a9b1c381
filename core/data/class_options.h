#pragma once

#include "core/base/options.h"
#include "core/data/class_table.h"

namespace uninet {

/// Throws Error naming the option if one of those that name a class names none of the table.
void checkClassNames(const Options& options, const ClassTable& table);

}  // namespace uninet
