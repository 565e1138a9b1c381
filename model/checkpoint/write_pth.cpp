#include <fstream>
#include <limits>

#include "core/base/error.h"
#include "core/base/files.h"
#include "model/checkpoint/checkpoint.h"
#include "model/checkpoint/readers.h"
#include "model/checkpoint/zip_writer.h"

namespace uninet {
namespace {

constexpr std::uint64_t kLargest = std::numeric_limits<std::uint32_t>::max();

template <class T>
void append(std::string& out, T value) {
  out.append(reinterpret_cast<const char*>(&value), sizeof value);
}

void appendText(std::string& out, const std::string& text) {
  out += 'X';
  append(out, static_cast<std::uint32_t>(text.size()));
  out += text;
}

void appendInteger(std::string& out, std::uint64_t value) {
  out += "\x8a\x08";
  append(out, value);
}

void appendTuple(std::string& out, const std::vector<std::uint64_t>& values) {
  out += '(';
  for (const std::uint64_t value : values) appendInteger(out, value);
  out += 't';
}

const char* storageClass(const std::string& dtype) {
  static const std::map<std::string, const char*> kClasses{
      {"float64", "Double"}, {"float32", "Float"}, {"float16", "Half"}, {"bfloat16", "BFloat16"},
      {"int64", "Long"},     {"int32", "Int"},     {"int16", "Short"},  {"int8", "Char"},
      {"uint8", "Byte"},     {"bool", "Bool"}};
  const auto found = kClasses.find(dtype);
  return found == kClasses.end() ? nullptr : found->second;
}

std::string_view bytesOf(const RawTensor& tensor) {
  return {reinterpret_cast<const char*>(tensor.bytes.data()), tensor.bytes.size()};
}

/// A tensor on storage `index`, as torch.save() pickles it with protocol 2.
void appendTensor(std::string& out, const RawTensor& tensor, std::size_t index) {
  std::vector<std::uint64_t> shape(tensor.shape.begin(), tensor.shape.end());
  std::vector<std::uint64_t> strides(shape.size());
  std::uint64_t stride = 1;
  for (std::size_t i = shape.size(); i-- > 0;) {
    strides[i] = stride;
    stride *= std::max<std::uint64_t>(shape[i], 1);
  }
  out += "ctorch._utils\n_rebuild_tensor_v2\n((";
  appendText(out, "storage");
  out += concat("ctorch\n", storageClass(tensor.dtype), "Storage\n");
  appendText(out, concat(index));
  appendText(out, "cpu");
  appendInteger(out, static_cast<std::uint64_t>(tensor.numel()));
  out += "tQ";
  appendInteger(out, 0);
  appendTuple(out, shape);
  appendTuple(out, strides);
  out +=
      "\x89"
      "ccollections\nOrderedDict\n)RtR";  // no gradient, no hooks
}

}  // namespace

void writePth(const std::filesystem::path& file, const NamedTensors& tensors,
              const Metadata& metadata, const NamedTensors& beside) {
  std::uint64_t total = 0;
  for (const NamedTensors* list : {&tensors, &beside})
    for (const auto& [key, tensor] : *list) {
      if (storageClass(tensor.dtype) == nullptr)
        throw Error(concat(file.string(), ": ", key, " has the unknown type ", tensor.dtype));
      total += tensor.bytes.size() + key.size() + 1024;
    }
  if (total > kLargest || tensors.size() > 60000)
    throw Error(concat(file.string(),
                       " cannot be written: a .pth holds at most 4 GiB and 60000 "
                       "tensors here, these are ",
                       total, " bytes and ", tensors.size()));
  std::string pickle =
      "\x80\x02"
      "ccollections\nOrderedDict\n)R(";
  for (std::size_t i = 0; i < tensors.size(); ++i) {
    appendText(pickle, tensors[i].first);
    appendTensor(pickle, tensors[i].second, i);
  }
  pickle += "u.";
  std::string record;
  if (!metadata.empty() || !beside.empty()) {
    record = safetensorsHeader(beside, metadata);
    for (const auto& [key, tensor] : beside) record += bytesOf(tensor);
  }
  writeAtomically(file, [&](const std::filesystem::path& temporary) {
    std::ofstream out(temporary, std::ios::binary);
    ZipWriter zip(out);
    zip.add("archive/data.pkl", pickle);
    zip.add("archive/byteorder", "little");
    for (std::size_t i = 0; i < tensors.size(); ++i)
      zip.add(concat("archive/data/", i), bytesOf(tensors[i].second));
    zip.add("archive/version", "3\n");
    if (!record.empty()) zip.add(concat("archive/", kBesideRecord), record);
    zip.finish();
    out.close();
    if (!out)
      throw Error(concat(file.string(), " cannot be written; check the folder and the free space"));
  });
}

}  // namespace uninet
