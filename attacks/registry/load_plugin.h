#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace uninet {

/// Adds the attacks of a plugin (plugin.h) to the registry for as long as the program runs, and
/// returns their keys. Loading runs code of the file: only for one that a person has named as a
/// plugin, never for what lies beside data or checkpoints. Throws Error in one sentence, and adds
/// nothing then: not there, no plugin, made for another version, attacks that cannot be used. A
/// file that is loaded already gives its keys again. One thread at a time.
std::vector<std::string> loadAttackPlugin(const std::filesystem::path& file);

/// SHA-256 of the file from which an attack was loaded; empty: it is one of the program's own.
std::string pluginOf(const std::string& attack);

}  // namespace uninet
