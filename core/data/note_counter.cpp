#include "core/data/note_counter.h"

#include <algorithm>

#include "core/base/error.h"

namespace uninet {

void NoteCounter::add(const std::string& image, const std::vector<std::string>& notes) {
  ++images_;
  for (const std::string& text : notes) {
    const std::string note = text.substr(0, text.find(": "));
    auto entry = std::find_if(entries_.begin(), entries_.end(),
                              [&note](const Entry& known) { return known.note == note; });
    if (entry == entries_.end()) entry = entries_.insert(entry, {note, 0, image});
    ++entry->images;
  }
}

std::vector<std::string> NoteCounter::lines() const {
  std::vector<std::string> lines;
  for (const Entry& entry : entries_)
    lines.push_back(concat(entry.note, ": ", entry.images, " of ", images_,
                           images_ == 1 ? " image" : " images", " (first: ", entry.first, ")"));
  return lines;
}

}  // namespace uninet
