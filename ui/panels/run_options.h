#pragma once

#include <optional>
#include <string>
#include <vector>

#include <QString>

#include "core/session/run_store.h"

namespace uninet {

/// One option of a kept run, for a reader.
struct RunOption {
  std::string key;
  QString label;      ///< translated
  QString within;     ///< the same in the middle of a text, see labelWithin()
  std::string value;  ///< as in files: "0.5", "multi-task", "true"
  QString shown;      ///< in the user's language and locale: "0,5 px", "Multi-task", "on"
  std::optional<double> number;  ///< of numbers and whole numbers
  bool isClass = false;          ///< the name of a class
};

/// Every option in the order of the attack's form; one that the run does not name has its default,
/// and those that the attack does not know (of a later version) come last. Never throws: of an
/// attack that is not known, or of text that is no JSON, what can be read.
std::vector<RunOption> runOptions(const KeptRun& run);
/// nullptr: no such option.
const RunOption* findOption(const std::vector<RunOption>& options, const std::string& key);

/// Translated title of the attack; its key where it is not known.
QString attackTitle(const KeptRun& run);
/// "mti-net"; of an image that was attacked on another network "uninet → mti-net".
QString networkText(const KeptRun& run);
/// A label in the middle of a text: English ones lose their capital, translations keep theirs.
QString labelWithin(const char* label);
/// "whole image", "box 10,20,30,40", "polygon of 5 corners", "object 3", "mask people.png".
QString regionText(const std::string& region);

}  // namespace uninet
