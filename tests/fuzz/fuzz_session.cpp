#include "core/session/session.h"
#include "fuzz.h"

using namespace uninet;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto file = fuzz::fileOf("input.json", data, size);
  Session session;
  try {
    session = readSession(file);
  } catch (const Error&) {
    return 0;
  }
  // What was taken is written by the next autosave, and must then be read again.
  writeSession(session, file);
  readSession(file);
  runStoreOf(file);
  return 0;
}
