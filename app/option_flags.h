#pragma once

#include <map>
#include <set>
#include <string>

#include "core/base/options.h"

namespace CLI {
class App;
}

namespace uninet {

/// One flag per option, named --<key>, with help, unit, limits, default and the paper's value;
/// true/false options as --<key> and --no-<key>. The options of a command may depend on another
/// flag (attack --attack pgd): there is one flag per key of all that were added; what was given is
/// kept until it is known for whom it was meant. Has to live as long as the App.
class DeferredOptionFlags {
 public:
  /// Adds the flags of `options` that no earlier call added. Throws Error if the command has one of
  /// that name.
  void add(CLI::App& app, const Options& options, const std::string& group);
  /// Sets what was given; throws Error for a bad value or a flag that these options do not have.
  void apply(Options& options) const;

 private:
  std::set<std::string> added_;
  std::map<std::string, std::string> given_;
};

}  // namespace uninet
