#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include <nlohmann/json_fwd.hpp>

namespace uninet {

/// Of a JSON text, found without parsing it.
struct JsonExtent {
  int depth = 0;         ///< how many lists and objects stand in each other at most
  std::size_t keys = 0;  ///< of the outermost object
};
JsonExtent extentOf(std::string_view text);

/// JSON text and CBOR bytes from a file. Copying, printing and, of CBOR, reading a value calls
/// itself once a level, so files nested deeper than 64 levels are refused before. CBOR may hold
/// what to_cbor() writes: no tags, nothing of indefinite length. Throw Error that begins with
/// "`what`: ", or nlohmann::json::exception where the text or the bytes are none.
nlohmann::json parseJson(std::string_view text, const std::string& what);
nlohmann::json parseCbor(std::string_view bytes, const std::string& what);

/// A whole number from `least` to `most`; throws Error for any other value. (nlohmann's get() casts
/// 1e300 to an int, which has no defined outcome.)
std::int64_t wholeOf(const nlohmann::json& value, std::int64_t least, std::int64_t most);
int intOf(const nlohmann::json& value);

}  // namespace uninet
