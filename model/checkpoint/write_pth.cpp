#include <algorithm>
#include <map>

#include "core/error.h"
#include "core/files.h"
#include "model/checkpoint.h"
#include "model/checkpoint/zip_archive.h"

namespace uninet {
namespace {

const std::map<std::string, const char*> kStorages{
    {"float64", "DoubleStorage"}, {"float32", "FloatStorage"},     {"float16", "HalfStorage"},
    {"int64", "LongStorage"},     {"bfloat16", "BFloat16Storage"}, {"int32", "IntStorage"},
    {"int16", "ShortStorage"},    {"int8", "CharStorage"},         {"uint8", "ByteStorage"},
    {"bool", "BoolStorage"}};

/// Writes pickle operations of protocol 2.
class PickleWriter {
 public:
  PickleWriter& raw(std::string_view bytes) {
    out_ += bytes;
    return *this;
  }
  PickleWriter& global(const std::string& module, const std::string& name) {
    out_ += "c" + module + "\n" + name + "\n";
    return *this;
  }
  PickleWriter& text(const std::string& value) {
    out_ += 'X';
    append(static_cast<std::uint32_t>(value.size()));
    out_ += value;
    return *this;
  }
  PickleWriter& integer(std::int64_t value) {
    out_ += "\x8a\x08";
    append(value);
    return *this;
  }
  PickleWriter& tuple(const std::vector<std::int64_t>& values) {
    out_ += '(';
    for (const std::int64_t value : values) integer(value);
    out_ += 't';
    return *this;
  }
  std::string take() { return std::move(out_); }

 private:
  template <class T>
  void append(T value) {
    out_.append(reinterpret_cast<const char*>(&value), sizeof(T));
  }
  std::string out_;
};

std::vector<std::int64_t> contiguousStrides(const std::vector<std::int64_t>& shape) {
  std::vector<std::int64_t> strides(shape.size(), 1);
  for (std::size_t i = shape.size(); i > 1; --i)
    strides[i - 2] = strides[i - 1] * std::max<std::int64_t>(shape[i - 1], 1);
  return strides;
}

}  // namespace

void writePth(const std::filesystem::path& file,
              const std::vector<std::pair<std::string, RawTensor>>& tensors) {
  std::vector<std::pair<std::string, std::string>> entries{{"archive/data.pkl", {}},
                                                           {"archive/byteorder", "little"}};
  PickleWriter pickle;
  pickle.raw("\x80\x02").global("collections", "OrderedDict").raw(")R(");
  for (std::size_t i = 0; i < tensors.size(); ++i) {
    const auto& [key, tensor] = tensors[i];
    const auto storage = kStorages.find(tensor.dtype);
    if (storage == kStorages.end())
      throw Error(concat(file.string(), ": \"", key, "\" has the unknown type ", tensor.dtype));
    pickle.text(key).global("torch._utils", "_rebuild_tensor_v2").raw("((");
    pickle.text("storage").global("torch", storage->second).text(std::to_string(i)).text("cpu");
    pickle.integer(tensor.numel()).raw("tQ").integer(0).tuple(tensor.shape);
    pickle.tuple(contiguousStrides(tensor.shape)).raw("\x89");
    pickle.global("collections", "OrderedDict").raw(")RtR");
    entries.emplace_back(
        concat("archive/data/", i),
        std::string(reinterpret_cast<const char*>(tensor.bytes.data()), tensor.bytes.size()));
  }
  pickle.raw("u.");
  entries[0].second = pickle.take();
  entries.emplace_back("archive/version", "3\n");
  writeTextFile(file, writeStoredZip(entries));
}

}  // namespace uninet
