#include "app/numbers.h"

#include <CLI/CLI.hpp>

namespace uninet {

void addChecked(CLI::App& app, const std::string& flag, const std::string& help,
                const std::string& type, const std::function<void(const std::string&)>& set) {
  app.add_option_function<std::string>(flag, set, help)->type_name(type);
}

}  // namespace uninet
