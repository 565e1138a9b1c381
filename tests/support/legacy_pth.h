#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace uninet {

// Opcodes of pickles, as Python's pickletools names them.
inline std::string binunicode(const std::string& text) {
  std::string out = "X";
  for (int shift = 0; shift < 32; shift += 8) out += static_cast<char>(text.size() >> shift);
  return out + text;
}
inline std::string binint(std::int64_t value) {
  std::string out = "\x8a\x08";
  for (int shift = 0; shift < 64; shift += 8) out += static_cast<char>(value >> shift);
  return out;
}
inline std::string global(const std::string& module, const std::string& name) {
  return "c" + module + "\n" + name + "\n";
}
inline std::string binput(int slot) { return {'q', static_cast<char>(slot)}; }
inline std::string binget(int slot) { return {'h', static_cast<char>(slot)}; }
inline std::string times(const std::string& part, int count) {
  std::string out;
  for (int i = 0; i < count; ++i) out += part;
  return out;
}

/// A tensor on the storage "0" of four float32.
inline std::string pickledTensor(const std::string& shape, const std::string& strides,
                                 std::int64_t offset = 0, const std::string& view = "N") {
  return global("torch._utils", "_rebuild_tensor_v2") + "((" + binunicode("storage") +
         global("torch", "FloatStorage") + binunicode("0") + binunicode("cpu") + binint(4) + view +
         "tQ" + binint(offset) + shape + strides + "\x89}tR";
}
inline std::string tuple(const std::vector<std::int64_t>& values) {
  std::string out = "(";
  for (const std::int64_t value : values) out += binint(value);
  return out + "t";
}

/// A legacy .pth of the dict that `entries` fill: key, value, key, value … Storage "0" holds
/// 1, 2, 3, 4.
inline std::string legacyPth(const std::string& entries, bool littleEndian = true) {
  std::string out("\x80\x02\x8a\x0a\x6c\xfc\x9c\x46\xf9\x20\x6a\xa8\x50\x19.\x80\x02M\xe9\x03.",
                  21);
  out += "\x80\x02}" + binunicode("little_endian") + (littleEndian ? "\x88" : "\x89") + "s.";
  out += "\x80\x02}(" + entries + "u.";
  out += "\x80\x02](" + binunicode("0") + "e.";
  out += std::string("\4\0\0\0\0\0\0\0", 8) + std::string("\0\0\x80\x3f\0\0\0\x40", 8) +
         std::string("\0\0\x40\x40\0\0\x80\x40", 8);
  return out;
}

}  // namespace uninet
