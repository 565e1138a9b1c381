#include <algorithm>
#include <cstring>
#include <fstream>
#include <nlohmann/json.hpp>

#include "core/base/error.h"
#include "core/base/files.h"
#include "model/checkpoint/dtype.h"
#include "model/checkpoint/readers.h"

namespace uninet {
namespace {

constexpr std::uint64_t kLargestHeader = 100'000'000;  ///< as the reference implementation has it
constexpr int kDeepest = 8;

const std::pair<const char*, const char*> kTypes[] = {
    {"F64", "float64"}, {"F32", "float32"}, {"F16", "float16"}, {"BF16", "bfloat16"},
    {"I64", "int64"},   {"I32", "int32"},   {"I16", "int16"},   {"I8", "int8"},
    {"U8", "uint8"},    {"BOOL", "bool"}};

/// The parser recurses, so the nesting is counted first.
bool tooDeep(std::string_view json) {
  int depth = 0;
  bool inString = false;
  for (std::size_t i = 0; i < json.size(); ++i) {
    const char c = json[i];
    if (inString) {
      if (c == '\\') ++i;
      if (c == '"') inString = false;
    } else if (c == '"') {
      inString = true;
    } else if (c == '{' || c == '[') {
      if (++depth > kDeepest) return true;
    } else if (c == '}' || c == ']') {
      --depth;
    }
  }
  return false;
}

}  // namespace

CheckpointFile readSafetensors(std::string_view bytes, const std::filesystem::path& file) {
  const auto refuse = [&](const auto&... why) -> void {
    throw Error(concat(file.string(), " is no usable safetensors file: ", why...));
  };
  std::uint64_t header = 0;
  std::memcpy(&header, bytes.data(), 8);
  if (header > kLargestHeader || header > bytes.size() - 8)
    refuse("its header announces ", header, " bytes, the file holds ", bytes.size() - 8);
  const std::string_view text = bytes.substr(8, header);
  const std::string_view data = bytes.substr(8 + header);
  if (tooDeep(text)) refuse("its header is nested deeper than ", kDeepest, " levels");
  const nlohmann::ordered_json json =
      nlohmann::ordered_json::parse(text.begin(), text.end(), nullptr, /*allow_exceptions=*/false);
  if (!json.is_object()) refuse("its header is not a JSON object");

  CheckpointFile checkpoint;
  checkpoint.format = "safetensors";
  struct Extent {
    std::uint64_t begin, end;
  };
  std::vector<Extent> extents;
  for (const auto& [key, entry] : json.items()) {
    if (key == "__metadata__") {
      if (!entry.is_object()) refuse("__metadata__ is not an object");
      for (const auto& [name, value] : entry.items()) {
        if (!value.is_string()) refuse("__metadata__.", name, " is not a string");
        checkpoint.metadata[name] = value.get<std::string>();
      }
      continue;
    }
    const auto isSizes = [](const nlohmann::ordered_json& list) {
      return list.is_array() && std::all_of(list.begin(), list.end(), [](const auto& side) {
               return side.is_number_unsigned() &&
                      side.template get<std::uint64_t>() < (1ull << 62);
             });
    };
    if (!entry.is_object() || !entry.contains("dtype") || !entry["dtype"].is_string() ||
        !entry.contains("shape") || !isSizes(entry["shape"]) || !entry.contains("data_offsets") ||
        !isSizes(entry["data_offsets"]) || entry["data_offsets"].size() != 2)
      refuse("\"", key, "\" lacks a dtype, shape or data_offsets of the expected form");
    RawTensor tensor;
    const std::string type = entry["dtype"];
    for (const auto& [theirs, ours] : kTypes)
      if (type == theirs) tensor.dtype = ours;
    if (tensor.dtype.empty()) refuse("\"", key, "\" has the unknown dtype ", type);
    tensor.shape = entry["shape"].get<std::vector<std::int64_t>>();
    const std::uint64_t begin = entry["data_offsets"][0], end = entry["data_offsets"][1];
    if (begin > end || end > data.size())
      refuse("\"", key, "\" lies at ", begin, "..", end, ", the data ends at ", data.size());
    std::uint64_t count = 0;
    if (!checkedNumel(tensor.shape, data.size(), count) ||
        count * dtypeSize(tensor.dtype) != end - begin)
      refuse("the shape of \"", key, "\" does not fit its ", end - begin, " bytes");
    tensor.bytes.assign(data.begin() + static_cast<std::ptrdiff_t>(begin),
                        data.begin() + static_cast<std::ptrdiff_t>(end));
    if (end > begin) extents.push_back({begin, end});
    checkpoint.tensors.emplace_back(key, std::move(tensor));
  }
  std::sort(extents.begin(), extents.end(),
            [](const Extent& a, const Extent& b) { return a.begin < b.begin; });
  for (std::size_t i = 1; i < extents.size(); ++i)
    if (extents[i].begin < extents[i - 1].end) refuse("two of its tensors overlap");
  return checkpoint;
}

void writeSafetensors(const std::filesystem::path& file,
                      const std::vector<std::pair<std::string, RawTensor>>& tensors,
                      const std::map<std::string, std::string>& metadata) {
  nlohmann::ordered_json header;
  if (!metadata.empty()) header["__metadata__"] = metadata;
  std::uint64_t at = 0;
  for (const auto& [key, tensor] : tensors) {
    std::string type;
    for (const auto& [theirs, ours] : kTypes)
      if (tensor.dtype == ours) type = theirs;
    header[key] = {
        {"dtype", type}, {"shape", tensor.shape}, {"data_offsets", {at, at + tensor.bytes.size()}}};
    at += tensor.bytes.size();
  }
  std::string text = header.dump();
  text.resize((text.size() + 7) / 8 * 8, ' ');  // the data starts at a multiple of 8
  const std::uint64_t length = text.size();
  writeAtomically(file, [&](const std::filesystem::path& temporary) {
    std::ofstream out(temporary, std::ios::binary);
    out.write(reinterpret_cast<const char*>(&length), 8);
    out << text;
    for (const auto& [key, tensor] : tensors)
      out.write(reinterpret_cast<const char*>(tensor.bytes.data()),
                static_cast<std::streamsize>(tensor.bytes.size()));
    out.close();
    if (!out)
      throw Error(concat(file.string(), " cannot be written; check the folder and the free space"));
  });
}

}  // namespace uninet
