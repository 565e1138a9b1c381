#include <bit>
#include <cmath>
#include <cstring>

#include "core/base/error.h"
#include "model/checkpoint/checkpoint.h"
#include "model/checkpoint/dtype.h"

namespace uninet {
namespace {

template <class T>
T load(const RawTensor& tensor, std::int64_t i) {
  T value;
  std::memcpy(&value, tensor.bytes.data() + static_cast<std::size_t>(i) * sizeof(T), sizeof(T));
  return value;
}

double fromHalf(std::uint16_t bits) {
  const int exponent = bits >> 10 & 31, fraction = bits & 1023;
  const double sign = (bits & 0x8000) != 0 ? -1 : 1;
  if (exponent == 0) return sign * std::ldexp(fraction, -24);
  if (exponent == 31) return fraction != 0 ? NAN : sign * INFINITY;
  return sign * std::ldexp(fraction + 1024, exponent - 25);
}

/// Round to nearest, ties to even (IEEE 754 binary16).
std::uint16_t toHalf(float value) {
  const auto bits = std::bit_cast<std::uint32_t>(value);
  const auto sign = static_cast<std::uint16_t>(bits >> 16 & 0x8000);
  const std::uint32_t magnitude = bits & 0x7fffffff;
  if (magnitude > 0x7f800000) return sign | 0x7e00;   // NaN
  if (magnitude >= 0x477ff000) return sign | 0x7c00;  // 65520 and more round to infinity
  if (magnitude < 0x38800000) {                       // below 2^-14: subnormal
    const double scaled = std::ldexp(static_cast<double>(std::bit_cast<float>(magnitude)), 24);
    return sign | static_cast<std::uint16_t>(std::nearbyint(scaled));
  }
  const std::uint32_t rounded = magnitude + 0xfff + (magnitude >> 13 & 1);
  return sign | static_cast<std::uint16_t>((rounded - 0x38000000) >> 13);
}

struct DtypeInfo {
  std::string_view name;
  std::size_t size;
  bool readable;
};

constexpr DtypeInfo kDtypes[] = {
    {"float64", 8, true},      {"float32", 4, true},    {"float16", 2, true},
    {"bfloat16", 2, true},     {"int64", 8, true},      {"int32", 4, true},
    {"int16", 2, true},        {"int8", 1, true},       {"uint8", 1, true},
    {"bool", 1, true},         {"complex32", 4, false}, {"complex64", 8, false},
    {"complex128", 16, false}, {"qint8", 1, false},     {"quint8", 1, false},
    {"qint32", 4, false},      {"untyped", 1, false},   {"F8_E4M3", 1, false},
    {"F8_E5M2", 1, false},     {"F8_E8M0", 1, false},   {"U16", 2, false},
    {"U32", 4, false},         {"U64", 8, false},       {"C64", 8, false},
    {"C128", 16, false}};

const DtypeInfo* dtypeInfo(const std::string& dtype) {
  for (const DtypeInfo& info : kDtypes)
    if (dtype == info.name) return &info;
  return nullptr;
}

}  // namespace

std::size_t dtypeSize(const std::string& dtype) {
  const DtypeInfo* info = dtypeInfo(dtype);
  return info == nullptr ? 0 : info->size;
}

bool isReadable(const std::string& dtype) {
  const DtypeInfo* info = dtypeInfo(dtype);
  return info != nullptr && info->readable;
}

bool checkedNumel(const std::vector<std::int64_t>& shape, std::uint64_t limit, std::uint64_t& out) {
  std::uint64_t count = 1;
  for (const std::int64_t side : shape) {
    if (side < 0) return false;
    if (side == 0) {
      out = 0;
      return true;
    }
    if (count > limit / static_cast<std::uint64_t>(side)) return false;
    count *= static_cast<std::uint64_t>(side);
  }
  out = count;
  return true;
}

std::int64_t RawTensor::numel() const {
  std::int64_t count = 1;
  for (const std::int64_t side : shape) count *= side;
  return count;
}

double RawTensor::value(std::int64_t i) const {
  if (dtype == "float64") return load<double>(*this, i);
  if (dtype == "float32") return load<float>(*this, i);
  if (dtype == "float16") return fromHalf(load<std::uint16_t>(*this, i));
  if (dtype == "bfloat16")
    return std::bit_cast<float>(static_cast<std::uint32_t>(load<std::uint16_t>(*this, i)) << 16);
  if (dtype == "int64") return static_cast<double>(load<std::int64_t>(*this, i));
  if (dtype == "int32") return load<std::int32_t>(*this, i);
  if (dtype == "int16") return load<std::int16_t>(*this, i);
  if (dtype == "int8") return load<std::int8_t>(*this, i);
  return load<std::uint8_t>(*this, i);
}

double RawTensor::sum() const {
  double total = 0;
  for (std::int64_t i = 0, n = numel(); i < n; ++i) total += value(i);
  return total;
}

const RawTensor* CheckpointFile::find(const std::string& key) const {
  // Files list up to a thousand tensors and are asked for each of them once.
  for (const auto& [name, tensor] : tensors)
    if (name == key) return &tensor;
  return nullptr;
}

RawTensor toFloat16(const RawTensor& tensor) {
  if (tensor.dtype == "float16") return tensor;
  RawTensor half;
  half.dtype = "float16";
  half.shape = tensor.shape;
  half.bytes.resize(static_cast<std::size_t>(tensor.numel()) * 2);
  for (std::int64_t i = 0, n = tensor.numel(); i < n; ++i) {
    const std::uint16_t bits = toHalf(static_cast<float>(tensor.value(i)));
    std::memcpy(half.bytes.data() + 2 * i, &bits, 2);
  }
  return half;
}

}  // namespace uninet
