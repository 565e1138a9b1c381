#include "core/session/bundle.h"
#include "fuzz.h"

using namespace uninet;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const fuzz::Folder folder;
  const auto zip = fuzz::fileOf("input.zip", data, size);
  const auto out = folder.file("out");
  fuzz::mayRefuse([&] {
    try {
      openBundle(zip, out, {});
    } catch (const Error&) {
      // Nothing stays of what is refused.
      if (std::filesystem::exists(out) && !std::filesystem::is_empty(out)) std::abort();
      throw;
    }
  });
  std::filesystem::remove_all(out);
  return 0;
}
