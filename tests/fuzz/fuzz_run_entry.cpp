#include <array>

#include "fuzz.h"
#include "read_runs.h"
#include "replace_entry.h"
#include "some_session.h"

using namespace uninet;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  // The first byte says which entry of a good file is replaced by the rest.
  static constexpr std::array kEntries{
      "UPDATE runs SET details=?",  "UPDATE runs SET classes=?", "UPDATE runs SET clean=?",
      "UPDATE runs SET attacked=?", "UPDATE runs SET origin=?",  "UPDATE runs SET thumbnail=?",
      "UPDATE pictures SET png=?",  "UPDATE runs SET options=?", "UPDATE meta SET value=?",
  };
  static const fuzz::Folder folder;
  static const std::filesystem::path good = fuzz::writeSomeRuns(folder.file("good.sqlite"));
  if (size == 0) return 0;
  const auto file = folder.file("damaged.sqlite");
  fuzz::replaceEntry(good, file, kEntries, data, size);
  fuzz::mayRefuse([&] {
    RunStore store = RunStore::open(file);
    fuzz::readAll(store);
  });
  return 0;
}
