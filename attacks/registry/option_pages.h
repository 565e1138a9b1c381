#pragma once

#include <string>

#include "attacks/registry/registry.h"

namespace uninet {

/// The options of an attack as a Markdown table, made from their descriptions: flag, values,
/// default, value of the paper, meaning.
std::string optionTableMarkdown(const AttackInfo& attack);

/// A help page whose tables are made anew: what stands between a line "<!-- options KEY -->" and
/// the next line "<!-- end -->" becomes optionTableMarkdown() of that attack. Throws Error: no
/// attack of that key, no end.
std::string withOptionTables(const std::string& page);

}  // namespace uninet
