#include <bit>

#include "model/checkpoint/pickle.h"

namespace uninet::pickle {
namespace {

const std::pair<std::string_view, const char*> kStorages[] = {
    {"torch.DoubleStorage", "float64"},
    {"torch.FloatStorage", "float32"},
    {"torch.HalfStorage", "float16"},
    {"torch.BFloat16Storage", "bfloat16"},
    {"torch.LongStorage", "int64"},
    {"torch.IntStorage", "int32"},
    {"torch.ShortStorage", "int16"},
    {"torch.CharStorage", "int8"},
    {"torch.ByteStorage", "uint8"},
    {"torch.BoolStorage", "bool"},
    {"torch.cuda.DoubleStorage", "float64"},
    {"torch.cuda.FloatStorage", "float32"},
    {"torch.cuda.HalfStorage", "float16"},
    {"torch.cuda.LongStorage", "int64"},
    {"torch.ComplexFloatStorage", "complex64"},
    {"torch.ComplexDoubleStorage", "complex128"},
    {"torch.QInt8Storage", "qint8"},
    {"torch.QUInt8Storage", "quint8"},
    {"torch.QInt32Storage", "qint32"},
    {"torch.storage.UntypedStorage", "untyped"}};

/// What calling a name stands for.
enum class Callee {
  unknown,
  dict,       // of pairs, or empty
  emptyDict,  // defaultdict(factory)
  list,       // of the items of the argument
  first,      // the first argument
  object,
  tensor,
  parameter,
  withType,  // function, type, arguments, state
  ofClass,   // the first argument is the class of the object
  ofDtype,   // the seventh argument is the type of the tensor
  latin1,
  dtype,
  scalar,
};

const std::pair<std::string_view, Callee> kCallees[] = {
    {"collections.OrderedDict", Callee::dict},
    {"collections.defaultdict", Callee::emptyDict},
    {"builtins.dict", Callee::dict},
    {"builtins.list", Callee::list},
    {"builtins.tuple", Callee::list},
    {"builtins.set", Callee::list},
    {"builtins.frozenset", Callee::list},
    {"__builtin__.set", Callee::list},
    {"torch.Size", Callee::list},
    {"torch.device", Callee::first},
    {"torch.jit._pickle.build_intlist", Callee::first},
    {"torch.jit._pickle.restore_type_tag", Callee::first},
    {"argparse.Namespace", Callee::object},
    {"torch._utils._rebuild_tensor", Callee::tensor},
    {"torch._utils._rebuild_tensor_v2", Callee::tensor},
    {"torch._utils._rebuild_parameter", Callee::parameter},
    {"torch._utils._rebuild_parameter_with_state", Callee::parameter},
    {"torch.nn.parameter.Parameter", Callee::parameter},
    {"torch._tensor._rebuild_from_type_v2", Callee::withType},
    {"torch._utils._rebuild_qtensor", Callee::tensor},
    {"torch._utils._rebuild_tensor_v3", Callee::ofDtype},
    {"copyreg._reconstructor", Callee::ofClass},
    {"copy_reg._reconstructor", Callee::ofClass},
    {"copyreg.__newobj__", Callee::ofClass},
    {"numpy.core.multiarray._reconstruct", Callee::ofClass},
    {"numpy._core.multiarray._reconstruct", Callee::ofClass},
    {"_codecs.encode", Callee::latin1},
    {"numpy.dtype", Callee::dtype},
    {"numpy.core.multiarray.scalar", Callee::scalar},
    {"numpy._core.multiarray.scalar", Callee::scalar}};

Callee calleeOf(const Pickle& pickle, const Value& callee) {
  if (callee.kind != Kind::global) return Callee::unknown;
  for (const auto& [name, what] : kCallees)
    if (pickle.typeOf(callee) == name) return what;
  return Callee::unknown;
}

/// Bytes of a short text of code points below 256, or of bytes as they are; empty: neither.
std::string shortBytes(const Value& value) {
  constexpr std::size_t kLongest = 32;  // of a numpy scalar, twice: UTF-8
  if (value.text.size() > kLongest) return {};
  if (value.kind == Kind::bytes) return std::string(value.text);
  std::string bytes;
  for (std::size_t i = 0; i < value.text.size(); ++i) {
    const auto byte = static_cast<std::uint8_t>(value.text[i]);
    if (byte < 0x80) {
      bytes += static_cast<char>(byte);
    } else if ((byte & 0xfe) == 0xc2 && i + 1 < value.text.size()) {
      bytes += static_cast<char>((byte & 3) << 6 | (value.text[++i] & 0x3f));
    } else {
      return {};
    }
  }
  return bytes;
}

/// A numpy scalar of the little-endian type "f8", "i4", … as a number; opaque: another type.
Value scalarOf(std::string_view type, const std::string& bytes, Value otherwise) {
  const bool known = type == "b1" || type == "u1" || type == "u2" || type == "u4" || type == "u8" ||
                     type == "i1" || type == "i2" || type == "i4" || type == "i8" || type == "f4" ||
                     type == "f8";
  if (!known || bytes.size() != static_cast<std::size_t>(type[1] - '0')) return otherwise;
  std::uint64_t bits = 0;
  for (std::size_t i = bytes.size(); i-- > 0;)
    bits = bits << 8 | static_cast<std::uint8_t>(bytes[i]);
  const int unused = 64 - 8 * static_cast<int>(bytes.size());
  switch (type[0]) {
    case 'b':
      return {.kind = Kind::boolean, .integer = bits != 0};
    case 'u':
      return {.kind = Kind::integer, .integer = static_cast<std::int64_t>(bits)};
    case 'i':
      return {.kind = Kind::integer,
              .integer = static_cast<std::int64_t>(bits << unused) >> unused};
    case 'f':
      if (bytes.size() == 8) return {.kind = Kind::real, .real = std::bit_cast<double>(bits)};
      return {.kind = Kind::real, .real = std::bit_cast<float>(static_cast<std::uint32_t>(bits))};
    default:
      return otherwise;
  }
}

/// A dict of a list of pairs.
Value dictOf(const Pickle& pickle, const std::vector<Ref>& arguments, const Refuse& refuse) {
  Value dict{.kind = Kind::dict};
  if (arguments.empty()) return dict;
  const Value& content = pickle.at(arguments[0]);
  if (content.kind == Kind::dict) dict.items = content.items;
  if (content.kind != Kind::list) return dict;
  for (const Ref item : content.items) {
    const Value& pair = pickle.at(item);
    if (pair.kind != Kind::list || pair.items.size() != 2)
      refuse("its pickle makes a dict of what are no pairs");
    dict.items.insert(dict.items.end(), pair.items.begin(), pair.items.end());
  }
  return dict;
}

}  // namespace

const char* storageDtype(std::string_view type) {
  for (const auto& [name, dtype] : kStorages)
    if (type == name) return dtype;
  return nullptr;
}

Value reduce(const Pickle& pickle, Ref callee, Ref arguments, const Refuse& refuse) {
  const Value& function = pickle.at(callee);
  const Value& list = pickle.at(arguments);
  if (list.kind != Kind::list) refuse("its pickle calls something without a list of arguments");
  if (function.kind != Kind::global && function.kind != Kind::opaque)
    refuse("its pickle calls what is no class or function");
  const std::vector<Ref>& items = list.items;
  const auto kindOf = [&](std::size_t i) {
    return i < items.size() ? pickle.at(items[i]).kind : Kind::none;
  };
  Value opaque{.kind = Kind::opaque, .type = function.type};
  switch (calleeOf(pickle, function)) {
    case Callee::unknown:
      return opaque;
    case Callee::dict:
      return dictOf(pickle, items, refuse);
    case Callee::emptyDict:
      return {.kind = Kind::dict};
    case Callee::list:
      return items.empty() ? list : pickle.at(items[0]);
    case Callee::first:
      return items.empty() ? opaque : pickle.at(items[0]);
    case Callee::object:
      return {.kind = Kind::object, .type = function.type};
    case Callee::parameter:
      if (items.empty()) return opaque;
      return kindOf(0) == Kind::tensor ? pickle.at(items[0]) : opaque;
    case Callee::tensor: {
      if (kindOf(0) == Kind::opaque) return pickle.at(items[0]);
      if (items.size() < 4 || kindOf(0) != Kind::storage)
        refuse("its pickle makes a tensor of what is no storage");
      return {.kind = Kind::tensor, .items = {items.begin(), items.begin() + 4}};
    }
    case Callee::withType: {
      if (items.size() < 3) return opaque;
      const Callee inner = calleeOf(pickle, pickle.at(items[0]));
      if (inner != Callee::tensor && inner != Callee::parameter) return opaque;
      return reduce(pickle, items[0], items[2], refuse);
    }
    case Callee::ofClass:
      if (kindOf(0) == Kind::global) opaque.type = pickle.at(items[0]).type;
      return opaque;
    case Callee::ofDtype:
      if (kindOf(6) == Kind::global) opaque.type = pickle.at(items[6]).type;
      return opaque;
    case Callee::latin1:
      if (kindOf(0) != Kind::text) return opaque;
      return {.kind = Kind::latin1, .text = pickle.at(items[0]).text};
    case Callee::dtype:
      if (kindOf(0) != Kind::text) return opaque;
      return {.kind = Kind::dtype, .type = function.type, .text = pickle.at(items[0]).text};
    case Callee::scalar:
      if (kindOf(0) != Kind::dtype || (kindOf(1) != Kind::bytes && kindOf(1) != Kind::latin1))
        return opaque;
      return scalarOf(pickle.at(items[0]).text, shortBytes(pickle.at(items[1])), opaque);
  }
  return opaque;
}

Value storageOf(const Pickle& pickle, Ref id, const Refuse& refuse) {
  // ('storage', class, key, device, length), in the legacy format also None or
  // (key of the view, offset, length); ('module', class, file, source) stands for its class.
  const Value& tuple = pickle.at(id);
  const std::vector<Ref>& items = tuple.items;
  if (tuple.kind != Kind::list || items.size() < 2 || pickle.at(items[0]).kind != Kind::text ||
      pickle.at(items[1]).kind != Kind::global)
    refuse("its pickle has a persistent id of unknown form");
  const Value& type = pickle.at(items[1]);
  const std::string_view what = pickle.at(items[0]).text;
  if (what == "module") return type;
  if (what != "storage" || items.size() < 5 || pickle.at(items[2]).kind != Kind::text ||
      pickle.at(items[4]).kind != Kind::integer || pickle.at(items[4]).integer < 0)
    refuse("its pickle has a persistent id of unknown form");
  if (storageDtype(pickle.typeOf(type)) == nullptr)
    return {.kind = Kind::opaque, .type = type.type};
  Value storage{.kind = Kind::storage,
                .type = type.type,
                .integer = pickle.at(items[4]).integer,
                .text = pickle.at(items[2]).text};
  if (items.size() < 6 || pickle.at(items[5]).kind == Kind::none) return storage;
  const Value& view = pickle.at(items[5]);
  if (view.kind != Kind::list || view.items.size() != 3 ||
      pickle.at(view.items[1]).kind != Kind::integer ||
      pickle.at(view.items[2]).kind != Kind::integer)
    refuse("its pickle has a view of a storage of unknown form");
  storage.items = {view.items[1], view.items[2]};
  return storage;
}

}  // namespace uninet::pickle
