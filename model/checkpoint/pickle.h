#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "model/checkpoint/checkpoint.h"
#include "model/checkpoint/refuse.h"

namespace uninet::pickle {

using Ref = std::uint32_t;  ///< index into Pickle::values

enum class Kind : std::uint8_t {
  none,
  boolean,     ///< `integer`
  integer,     ///< `integer`
  bigInteger,  ///< more than 64 bits: `text` holds its little-endian bytes
  real,        ///< `real`
  text,        ///< `text`, UTF-8
  bytes,       ///< `text`
  latin1,      ///< bytes that protocol 2 writes as text: `text` is UTF-8 of code points below 256
  list,        ///< `items`; also tuples and sets
  dict,        ///< `items`: key, value, key, value …
  object,      ///< argparse.Namespace: `type`; `items` holds the dict of its attributes, or nothing
  dtype,       ///< of numpy; `text` names it, as "f8"
  global,      ///< a class or function that was named: `type`
  storage,     ///< `text` its key, `type` its class, `integer` its length, `items` of a view
  tensor,      ///< `items`: storage, offset, shape, strides
  opaque,      ///< what a call of an unknown class or function would have made: `type`
};

struct Value {
  Kind kind = Kind::none;
  std::uint16_t type = 0;  ///< index into Pickle::types
  std::int64_t integer = 0;
  double real = 0;
  std::string_view text{};  ///< part of the file's bytes
  std::vector<Ref> items{};
};

/// What a pickle describes. Values refer to each other by index and may form cycles.
struct Pickle {
  std::vector<Value> values;
  std::vector<std::string> types;  ///< "module.name"
  Ref root = 0;
  std::size_t length = 0;  ///< bytes up to and with STOP

  const Value& at(Ref ref) const { return values[ref]; }
  const std::string& typeOf(const Value& value) const { return types[value.type]; }
};

/// Reads one pickle of protocol 1 to 5 from the start of `bytes`, which the result refers to.
/// Nothing is imported or called: the classes of tensors, plain containers and numpy scalars are
/// known by name, all others become Kind::opaque. Time and memory are linear in the number of
/// opcodes, which is bounded, as are the nesting and the number of classes; `work` counts them.
Pickle readPickle(std::string_view bytes, const Refuse& refuse, ReadWork& work);

/// The value that calling `callee` with `arguments` (a list) stands for.
Value reduce(const Pickle& pickle, Ref callee, Ref arguments, const Refuse& refuse);

/// The value of a persistent id: a storage.
Value storageOf(const Pickle& pickle, Ref id, const Refuse& refuse);

/// Element type of a storage class ("torch.FloatStorage" → "float32"), also of one that is not
/// read ("complex64"); nullptr: none that is known.
const char* storageDtype(std::string_view type);

}  // namespace uninet::pickle
