#pragma once

#include <string>

namespace CLI {
class App;
}

namespace uninet {

/// The manual page uninet(1), in the macros of man(7), UTF-8: what --help of the program and of
/// each command says, so that it is right for the program that prints it.
std::string manualPage(const CLI::App& program);

}  // namespace uninet
