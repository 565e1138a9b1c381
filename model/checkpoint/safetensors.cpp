#include <algorithm>
#include <cstring>
#include <fstream>
#include <nlohmann/json.hpp>

#include "core/base/error.h"
#include "core/base/files.h"
#include "core/base/json.h"
#include "model/checkpoint/dtype.h"
#include "model/checkpoint/readers.h"
#include "model/checkpoint/refuse.h"

namespace uninet {
namespace {

constexpr std::uint64_t kLargestHeader = 100'000'000;  ///< as the reference implementation has it
constexpr int kDeepest = 8;
constexpr std::size_t kMostTensors = 20'000;

const std::pair<const char*, const char*> kTypes[] = {
    {"F64", "float64"}, {"F32", "float32"}, {"F16", "float16"}, {"BF16", "bfloat16"},
    {"I64", "int64"},   {"I32", "int32"},   {"I16", "int16"},   {"I8", "int8"},
    {"U8", "uint8"},    {"BOOL", "bool"}};

using Json = nlohmann::ordered_json;

struct Extent {
  std::uint64_t begin = 0, end = 0;
};

void readMetadata(const Json& entry, Metadata& metadata, const Refuse& refuse) {
  if (entry.is_null()) return;
  if (!entry.is_object()) refuse("__metadata__ is not an object");
  for (const auto& [name, value] : entry.items()) {
    if (!value.is_string()) refuse("__metadata__.", name, " is not a string");
    metadata[name] = value.get<std::string>();
  }
}

bool isSizes(const Json& list) {
  return list.is_array() && std::all_of(list.begin(), list.end(), [](const Json& side) {
           return side.is_number_unsigned() && side.get<std::uint64_t>() < (1ull << 62);
         });
}

TensorInfo infoOf(const std::string& key, const Json& entry, const Refuse& refuse) {
  if (!entry.is_object() || !entry.contains("dtype") || !entry["dtype"].is_string() ||
      !entry.contains("shape") || !isSizes(entry["shape"]) || !entry.contains("data_offsets") ||
      !isSizes(entry["data_offsets"]) || entry["data_offsets"].size() != 2)
    refuse("\"", key, "\" lacks a dtype, shape or data_offsets of the expected form");
  TensorInfo info{key, entry["dtype"], entry["shape"].get<std::vector<std::int64_t>>()};
  if (isReadable(info.dtype)) refuse("\"", key, "\" has the unknown dtype ", info.dtype);
  for (const auto& [theirs, ours] : kTypes)
    if (info.dtype == theirs) info.dtype = ours;
  return info;
}

/// Types that came after this program are listed and not read: only their place is checked.
Extent extentOf(const TensorInfo& info, const Json& entry, std::uint64_t data,
                const Refuse& refuse) {
  const Extent extent{entry["data_offsets"][0], entry["data_offsets"][1]};
  const auto& [begin, end] = extent;
  if (begin > end || end > data)
    refuse("\"", info.key, "\" lies at ", begin, "..", end, ", the data ends at ", data);
  std::uint64_t count = 0;
  const std::size_t width = dtypeSize(info.dtype);
  const bool fits = checkedNumel(info.shape, std::max<std::uint64_t>(8 * data, 1), count) &&
                    (width == 0 || count * width == end - begin);
  if (!fits) refuse("the shape of \"", info.key, "\" does not fit its ", end - begin, " bytes");
  return extent;
}

/// The format demands that the tensors fill the data, one after another.
void refuseGaps(std::vector<Extent> extents, std::uint64_t data, const Refuse& refuse) {
  std::sort(extents.begin(), extents.end(), [](const Extent& a, const Extent& b) {
    return std::pair(a.begin, a.end) < std::pair(b.begin, b.end);
  });
  std::uint64_t at = 0;
  for (const Extent& extent : extents) {
    if (extent.begin < at) refuse("two of its tensors overlap");
    if (extent.begin > at)
      refuse("it has a hole: ", extent.begin - at, " bytes at ", at, " belong to no tensor");
    at = extent.end;
  }
  if (at < data) refuse("it has ", data - at, " bytes beyond the last tensor");
}

}  // namespace

CheckpointFile readSafetensors(std::string_view bytes, const std::filesystem::path& file,
                               const ChooseWeights& choose, ReadWork& work) {
  const Refuse refuse(file, "safetensors");
  std::uint64_t header = 0;
  if (bytes.size() < 8) refuse("it holds ", bytes.size(), " bytes");
  std::memcpy(&header, bytes.data(), 8);
  if (header > kLargestHeader || header > bytes.size() - 8)
    refuse("its header announces ", header, " bytes, the file holds ", bytes.size() - 8);
  const std::string_view text = bytes.substr(8, header);
  const std::string_view data = bytes.substr(8 + header);
  work.bytes += header;
  // The parser recurses, and looks up each key among all before it.
  const JsonExtent extent = extentOf(text);
  if (extent.depth > kDeepest) refuse("its header is nested deeper than ", kDeepest, " levels");
  if (extent.keys > kMostTensors) refuse("its header has more than ", kMostTensors, " tensors");
  const nlohmann::ordered_json json =
      nlohmann::ordered_json::parse(text.begin(), text.end(), nullptr, /*allow_exceptions=*/false);
  if (!json.is_object()) refuse("its header is not a JSON object");

  CheckpointFile checkpoint;
  checkpoint.format = "safetensors";
  std::vector<Extent> extents;  // of the tensors of `all`
  WeightsCandidate all;
  for (const auto& [key, entry] : json.items()) {
    ++work.steps;
    if (key == "__metadata__") {
      readMetadata(entry, checkpoint.metadata, refuse);
      continue;
    }
    all.tensors.push_back(infoOf(key, entry, refuse));
    extents.push_back(extentOf(all.tensors.back(), entry, data.size(), refuse));
  }
  refuseGaps(extents, data.size(), refuse);

  checkpoint.candidates.push_back(std::move(all));
  const WeightsChoice choice = choose(checkpoint.candidates, checkpoint.metadata);
  checkpoint.removedPrefix = choice.prefix;
  const std::vector<TensorInfo>& tensors = checkpoint.candidates[0].tensors;
  for (std::size_t i = 0; i < tensors.size(); ++i) {
    TensorInfo info = tensors[i];
    if (info.key.starts_with(choice.prefix)) info.key.erase(0, choice.prefix.size());
    if (!isReadable(info.dtype)) {
      checkpoint.unread.push_back(std::move(info));
      continue;
    }
    const std::string_view part = data.substr(extents[i].begin, extents[i].end - extents[i].begin);
    work.bytes += part.size();
    checkpoint.tensors.emplace_back(info.key,
                                    RawTensor{info.dtype, info.shape, {part.begin(), part.end()}});
  }
  return checkpoint;
}

std::string safetensorsHeader(const NamedTensors& tensors, const Metadata& metadata) {
  nlohmann::ordered_json header = nlohmann::ordered_json::object();
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
  // What a .pth says of itself may hold anything, JSON only UTF-8.
  std::string text = header.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
  text.resize((text.size() + 7) / 8 * 8, ' ');  // the data starts at a multiple of 8
  const std::uint64_t length = text.size();
  return std::string(reinterpret_cast<const char*>(&length), 8) + text;
}

void writeSafetensors(const std::filesystem::path& file, const NamedTensors& tensors,
                      const Metadata& metadata) {
  const std::string header = safetensorsHeader(tensors, metadata);
  writeAtomically(file, [&](const std::filesystem::path& temporary) {
    std::ofstream out(temporary, std::ios::binary);
    out << header;
    for (const auto& [key, tensor] : tensors)
      out.write(reinterpret_cast<const char*>(tensor.bytes.data()),
                static_cast<std::streamsize>(tensor.bytes.size()));
    out.close();
    if (!out)
      throw Error(concat(file.string(), " cannot be written; check the folder and the free space"));
  });
}

}  // namespace uninet
