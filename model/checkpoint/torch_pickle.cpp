#include "model/checkpoint/torch_pickle.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <optional>

#include "core/error.h"
#include "model/checkpoint/dtype.h"

namespace uninet {
namespace {

using Kind = PickleNode::Kind;

constexpr int kDeepest = 64;                 ///< of what is shown as metadata
constexpr std::size_t kMostMetadata = 4096;  ///< entries
constexpr std::uint64_t kSmall = 16u << 20;  ///< bytes that any file may expand to

const std::pair<const char*, const char*> kStorages[] = {
    {"torch.DoubleStorage", "float64"}, {"torch.FloatStorage", "float32"},
    {"torch.HalfStorage", "float16"},   {"torch.BFloat16Storage", "bfloat16"},
    {"torch.LongStorage", "int64"},     {"torch.IntStorage", "int32"},
    {"torch.ShortStorage", "int16"},    {"torch.CharStorage", "int8"},
    {"torch.ByteStorage", "uint8"},     {"torch.BoolStorage", "bool"}};

std::vector<std::int64_t> integers(const Pickle& pickle, const PickleNode& node) {
  std::vector<std::int64_t> values;
  if (node.kind != Kind::sequence) throw Error("a tensor's shape is not a list of numbers");
  for (const std::uint32_t item : node.items) {
    if (pickle.at(item).kind != Kind::integer)
      throw Error("a tensor's shape is not a list of numbers");
    values.push_back(pickle.at(item).integer);
  }
  return values;
}

/// Arguments of a recorded call.
const std::vector<std::uint32_t>& arguments(const Pickle& pickle, const PickleNode& call) {
  return pickle.at(call.items.at(0)).items;
}

/// The call that makes a tensor, behind Parameters; nullptr: no tensor.
const PickleNode* tensorCall(const Pickle& pickle, const PickleNode& node) {
  const PickleNode* call = &node;
  for (int i = 0; i < 4 && call->kind == Kind::call; ++i) {
    if (call->text == "torch._utils._rebuild_tensor_v2" ||
        call->text == "torch._utils._rebuild_tensor")
      return call;
    const bool parameter = call->text == "torch._utils._rebuild_parameter" ||
                           call->text == "torch._utils._rebuild_parameter_with_state" ||
                           call->text == "torch.nn.parameter.Parameter";
    if (!parameter || arguments(pickle, *call).empty()) return nullptr;
    call = &pickle.at(arguments(pickle, *call)[0]);
  }
  return nullptr;
}

class Builder {
 public:
  Builder(const Pickle& pickle, const StorageBytes& storage, std::size_t fileSize)
      : pickle_(pickle), storage_(storage), budget_(kSmall + 8 * std::uint64_t{fileSize}) {}

  CheckpointFile build() {
    const PickleNode* container = &pickle_.top();
    if (container->kind != Kind::dict) throw Error("it holds no dictionary of tensors");
    for (const char* name : {"model", "state_dict", "net"})
      if (const PickleNode* inner = entry(*container, name);
          inner != nullptr && inner->kind == Kind::dict && holdsTensors(*inner)) {
        result_.container = name;
        container = inner;
        break;
      }
    if (!holdsTensors(*container))
      throw Error("it holds no tensors under model, state_dict, net or at the top");
    readTensors(*container);
    stripModulePrefix();
    describe(pickle_.top(), "", 0, container);
    return std::move(result_);
  }

 private:
  const PickleNode* entry(const PickleNode& dict, const char* name) const {
    for (std::size_t i = 0; i + 1 < dict.items.size(); i += 2)
      if (pickle_.at(dict.items[i]).text == name) return &pickle_.at(dict.items[i + 1]);
    return nullptr;
  }
  bool holdsTensors(const PickleNode& dict) const {
    for (std::size_t i = 1; i < dict.items.size(); i += 2)
      if (tensorCall(pickle_, pickle_.at(dict.items[i])) != nullptr) return true;
    return false;
  }

  void readTensors(const PickleNode& dict) {
    for (std::size_t i = 0; i + 1 < dict.items.size(); i += 2) {
      const PickleNode& key = pickle_.at(dict.items[i]);
      const PickleNode* call = tensorCall(pickle_, pickle_.at(dict.items[i + 1]));
      if (call == nullptr || key.kind != Kind::text) continue;
      try {
        result_.tensors.emplace_back(key.text, tensor(*call));
      } catch (const Error& error) {
        throw Error(concat("\"", key.text, "\": ", error.what()));
      }
    }
  }

  RawTensor tensor(const PickleNode& call) {
    const auto& given = arguments(pickle_, call);
    if (given.size() < 4) throw Error("a tensor lacks its storage, offset, shape or strides");
    const StorageReference reference = storageReference(pickle_, pickle_.at(given[0]));
    RawTensor tensor;
    tensor.dtype = reference.dtype;
    tensor.shape = integers(pickle_, pickle_.at(given[2]));
    const std::vector<std::int64_t> strides = integers(pickle_, pickle_.at(given[3]));
    const std::int64_t offset = pickle_.at(given[1]).integer;
    if (pickle_.at(given[1]).kind != Kind::integer || strides.size() != tensor.shape.size())
      throw Error("a tensor has not as many strides as sides");

    const std::size_t width = dtypeSize(tensor.dtype);
    std::uint64_t count = 0;
    if (!checkedNumel(tensor.shape, budget_ / width, count))
      throw Error("its shape needs more memory than the file can fill");
    const std::string_view bytes = storage_(reference.key);
    if (static_cast<std::uint64_t>(reference.numel) > bytes.size() / width)
      throw Error(concat("its storage announces ", reference.numel, " elements, the file holds ",
                         bytes.size() / width));
    checkInside(tensor.shape, strides, offset, reference.numel, count);
    budget_ -= count * width;
    tensor.bytes.resize(count * width);
    copy(tensor, strides, offset, bytes, width);
    return tensor;
  }

  static void checkInside(const std::vector<std::int64_t>& shape,
                          const std::vector<std::int64_t>& strides, std::int64_t offset,
                          std::int64_t available, std::uint64_t count) {
    if (count == 0) return;
    __extension__ using Wide = __int128;
    Wide last = offset;
    for (std::size_t i = 0; i < shape.size(); ++i) {
      if (strides[i] < 0) throw Error("a stride is negative");
      last += static_cast<Wide>(shape[i] - 1) * strides[i];
    }
    if (offset < 0 || last >= available)
      throw Error(concat("it reaches beyond its storage of ", available, " elements"));
  }

  static void copy(RawTensor& tensor, const std::vector<std::int64_t>& strides, std::int64_t offset,
                   std::string_view bytes, std::size_t width) {
    const std::size_t count = tensor.bytes.size() / width;
    std::vector<std::int64_t> index(tensor.shape.size(), 0);
    std::int64_t from = offset;
    for (std::size_t i = 0; i < count; ++i) {
      std::memcpy(tensor.bytes.data() + i * width,
                  bytes.data() + static_cast<std::size_t>(from) * width, width);
      for (std::size_t d = index.size(); d > 0; --d) {
        from += strides[d - 1];
        if (++index[d - 1] < tensor.shape[d - 1]) break;
        from -= strides[d - 1] * tensor.shape[d - 1];
        index[d - 1] = 0;
      }
    }
  }

  void stripModulePrefix() {
    constexpr std::string_view kPrefix = "module.";
    const auto prefixed = [&](const auto& entry) { return entry.first.starts_with(kPrefix); };
    if (!std::all_of(result_.tensors.begin(), result_.tensors.end(), prefixed)) return;
    for (auto& [key, tensor] : result_.tensors) key.erase(0, kPrefix.size());
    result_.strippedModulePrefix = true;
  }

  /// Values beside the weights: plain ones become metadata, unknown classes opaque values.
  void describe(const PickleNode& node, const std::string& where, int depth,
                const PickleNode* weights) {
    if (result_.metadata.size() + result_.opaque.size() >= kMostMetadata) return;
    if (tensorCall(pickle_, node) != nullptr) return;
    if (depth > kDeepest) throw Error("it is nested deeper than 64 levels");
    const auto inner = [&](const std::string& name) {
      return where.empty() ? name : where + "." + name;
    };
    switch (node.kind) {
      case Kind::dict:
        for (std::size_t i = 0; i + 1 < node.items.size(); i += 2) {
          const PickleNode& value = pickle_.at(node.items[i + 1]);
          if (&node == weights && tensorCall(pickle_, value) != nullptr) continue;
          describe(value, inner(plain(pickle_.at(node.items[i])).value_or("?")), depth + 1,
                   weights);
        }
        return;
      case Kind::sequence:
        for (std::size_t i = 0; i < node.items.size(); ++i)
          describe(pickle_.at(node.items[i]), inner(std::to_string(i)), depth + 1, weights);
        return;
      default:
        break;
    }
    if (const auto text = plain(node))
      result_.metadata[where] = *text;
    else
      result_.opaque.push_back({where, node.text});
  }

  std::optional<std::string> plain(const PickleNode& node) const {
    switch (node.kind) {
      case Kind::none:
        return "None";
      case Kind::boolean:
        return node.integer != 0 ? "True" : "False";
      case Kind::integer:
        return concat(node.integer);
      case Kind::real:
        return concat(node.real);
      case Kind::text:
        return node.text;
      case Kind::bytes:
        return concat(node.text.size(), " bytes");
      case Kind::call:
        return numpyScalar(node);
      default:
        return std::nullopt;
    }
  }

  /// numpy.core.multiarray.scalar(dtype("f8"), bytes).
  std::optional<std::string> numpyScalar(const PickleNode& call) const {
    if (call.text != "numpy.core.multiarray.scalar" && call.text != "numpy._core.multiarray.scalar")
      return std::nullopt;
    const auto& given = arguments(pickle_, call);
    if (given.size() != 2) return std::nullopt;
    const PickleNode& type = pickle_.at(given[0]);
    if (type.kind != Kind::call || type.text != "numpy.dtype" || arguments(pickle_, type).empty())
      return std::nullopt;
    const std::string& name = pickle_.at(arguments(pickle_, type)[0]).text;
    const std::string bytes = rawBytes(pickle_.at(given[1]));
    const auto as = [&]<class T>(T value) -> std::optional<std::string> {
      if (bytes.size() != sizeof(T)) return std::nullopt;
      std::memcpy(&value, bytes.data(), sizeof(T));
      return concat(value);
    };
    if (name == "f8") return as(double{});
    if (name == "f4") return as(float{});
    if (name == "i8") return as(std::int64_t{});
    if (name == "i4") return as(std::int32_t{});
    if (name == "b1" && bytes.size() == 1) return bytes[0] != 0 ? "True" : "False";
    return std::nullopt;
  }

  /// Bytes, or _codecs.encode(text, "latin1"), which is how Python 2 protocols write them.
  std::string rawBytes(const PickleNode& node) const {
    if (node.kind != Kind::call) return node.text;
    if (node.text != "_codecs.encode" || arguments(pickle_, node).empty()) return {};
    const std::string& utf8 = pickle_.at(arguments(pickle_, node)[0]).text;
    std::string bytes;
    for (std::size_t i = 0; i < utf8.size(); ++i) {
      const auto c = static_cast<unsigned char>(utf8[i]);
      if (c < 0x80) {
        bytes += utf8[i];
      } else if (i + 1 < utf8.size()) {
        bytes += static_cast<char>((c & 3) << 6 | (static_cast<unsigned char>(utf8[++i]) & 0x3f));
      }
    }
    return bytes;
  }

  const Pickle& pickle_;
  const StorageBytes& storage_;
  std::uint64_t budget_;
  CheckpointFile result_;
};

}  // namespace

StorageReference storageReference(const Pickle& pickle, const PickleNode& node) {
  if (node.kind != Kind::persistent) throw Error("a tensor lacks its storage");
  const PickleNode& id = pickle.at(node.items[0]);
  if (id.kind != Kind::sequence || id.items.size() < 5 || pickle.at(id.items[0]).text != "storage")
    throw Error("a storage is described in an unknown way");
  const std::string& type = pickle.at(id.items[1]).text;
  const auto* known = std::find_if(std::begin(kStorages), std::end(kStorages),
                                   [&](const auto& entry) { return type == entry.first; });
  if (known == std::end(kStorages)) throw Error(concat("the storage type ", type, " is not known"));
  StorageReference reference{pickle.at(id.items[2]).text, known->second,
                             pickle.at(id.items[4]).integer};
  if (reference.numel < 0) throw Error("a storage has a negative length");
  return reference;
}

CheckpointFile checkpointFromPickle(const Pickle& pickle, const StorageBytes& storage,
                                    std::size_t fileSize) {
  return Builder(pickle, storage, fileSize).build();
}

}  // namespace uninet
