#pragma once

#include <exception>
#include <sstream>
#include <stdexcept>
#include <string>

namespace uninet {

/// What a person is told when something fails: one sentence that names the file or key, what was
/// expected and what was found. Caught in the job runner and in main(), nowhere else.
class Error : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// What a person reads of an exception that reached the job runner or main(): the sentence of an
/// Error; of those of libraries one that says of what kind the failure is, without their backtrace.
std::string sentenceOf(const std::exception& error);

/// The parts written one after another, numbers in the C locale.
template <class... Parts>
std::string concat(const Parts&... parts) {
  std::ostringstream out;
  out.imbue(std::locale::classic());
  (out << ... << parts);
  return out.str();
}

}  // namespace uninet
