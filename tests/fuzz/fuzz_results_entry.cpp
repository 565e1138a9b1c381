#include <array>

#include "fuzz.h"
#include "read_results.h"
#include "replace_entry.h"
#include "some_results.h"

using namespace uninet;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  // The first byte says which entry of a good file is replaced by the rest.
  static constexpr std::array kEntries{
      "UPDATE measures SET data=?",
      "UPDATE results SET details=?",
      "UPDATE runs SET options=?",
      "UPDATE runs SET changed=?",
      "UPDATE pictures SET png=?",
      "UPDATE meta SET value=? WHERE key='classes'",
      "UPDATE meta SET value=? WHERE key='version'",
  };
  static const fuzz::Folder folder;
  static const std::filesystem::path good = fuzz::writeSomeResults(folder.file("good.sqlite"));
  if (size == 0) return 0;
  const auto file = folder.file("damaged.sqlite");
  fuzz::replaceEntry(good, file, kEntries, data, size);
  fuzz::mayRefuse([&] { fuzz::readAll(ResultStore::open(file)); });
  return 0;
}
