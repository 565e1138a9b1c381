#pragma once

namespace uninet {

/// How long a test waits for what has to come, in milliseconds: only a hang takes that long, also
/// under sanitizers on a machine that does much else.
inline constexpr int kPatience = 600000;

}  // namespace uninet
