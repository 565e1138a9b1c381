#include <zlib.h>

#include <cstring>
#include <fstream>
#include <limits>

#include "core/base/error.h"
#include "core/base/files.h"
#include "model/checkpoint/checkpoint.h"
#include "model/checkpoint/dtype.h"

namespace uninet {
namespace {

constexpr std::size_t kAlignment = 64;  ///< of storages in the file, as torch.save() has it
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

/// Entries one after another, then the directory. Without zip64: at most 4 GiB.
class ZipWriter {
 public:
  explicit ZipWriter(std::ostream& out) : out_(out) {}

  void add(const std::string& name, std::string_view content) {
    const auto crc = static_cast<std::uint32_t>(
        crc32_z(0, reinterpret_cast<const Bytef*>(content.data()), content.size()));
    std::string fields;                    // those that the local header and the directory share
    append(fields, std::uint16_t{20});     // version 2.0
    append(fields, std::uint16_t{0x800});  // names are UTF-8
    append(fields, std::uint16_t{0});      // stored
    append(fields, std::uint16_t{0});      // time and
    append(fields, std::uint16_t{0x21});   // date: 1980-01-01, so that equal input is equal output
    append(fields, crc);
    append(fields, static_cast<std::uint32_t>(content.size()));
    append(fields, static_cast<std::uint32_t>(content.size()));
    append(fields, static_cast<std::uint16_t>(name.size()));

    // An extra field of id "FB" fills up to the alignment, as Torch does it.
    const std::size_t begin = at_ + 30 + name.size() + 4;
    const std::size_t padding = (kAlignment - begin % kAlignment) % kAlignment;
    std::string header = "PK\x03\x04" + fields;
    append(header, static_cast<std::uint16_t>(padding + 4));
    header += name + "FB";
    append(header, static_cast<std::uint16_t>(padding));
    header.append(padding, 'Z');

    directory_ += "PK\x01\x02";
    append(directory_, std::uint16_t{20});
    directory_ += fields;
    directory_.append(12, '\0');  // no extra field, comment, other disks or attributes
    append(directory_, static_cast<std::uint32_t>(at_));
    directory_ += name;
    write(header);
    write(content);
    ++count_;
  }

  void finish() {
    std::string end = "PK\x05\x06";
    append(end, std::uint32_t{0});
    append(end, count_);
    append(end, count_);
    append(end, static_cast<std::uint32_t>(directory_.size()));
    append(end, static_cast<std::uint32_t>(at_));
    append(end, std::uint16_t{0});
    write(directory_);
    write(end);
  }

 private:
  void write(std::string_view bytes) {
    out_.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    at_ += bytes.size();
  }

  std::ostream& out_;
  std::string directory_;
  std::uint64_t at_ = 0;
  std::uint16_t count_ = 0;
};

}  // namespace

void writePth(const std::filesystem::path& file,
              const std::vector<std::pair<std::string, RawTensor>>& tensors) {
  std::uint64_t total = 0;
  for (const auto& [key, tensor] : tensors) {
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
  writeAtomically(file, [&](const std::filesystem::path& temporary) {
    std::ofstream out(temporary, std::ios::binary);
    ZipWriter zip(out);
    zip.add("archive/data.pkl", pickle);
    zip.add("archive/byteorder", "little");
    for (std::size_t i = 0; i < tensors.size(); ++i)
      zip.add(concat("archive/data/", i),
              {reinterpret_cast<const char*>(tensors[i].second.bytes.data()),
               tensors[i].second.bytes.size()});
    zip.add("archive/version", "3\n");
    zip.finish();
    out.close();
    if (!out)
      throw Error(concat(file.string(), " cannot be written; check the folder and the free space"));
  });
}

}  // namespace uninet
