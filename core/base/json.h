#pragma once

#include <string>
#include <string_view>

#include <nlohmann/json_fwd.hpp>

namespace uninet {

/// Whether lists and objects of a JSON text stand more than `levels` deep in each other.
bool jsonDeeperThan(std::string_view text, int levels);

/// JSON text and CBOR bytes from a file. Copying, printing and, of CBOR, reading a value calls
/// itself once a level, so files nested deeper than 64 levels are refused before. CBOR may hold
/// what to_cbor() writes: no tags, nothing of indefinite length. Throw Error that begins with
/// "`what`: ", or nlohmann::json::exception where the text or the bytes are none.
nlohmann::json parseJson(std::string_view text, const std::string& what);
nlohmann::json parseCbor(std::string_view bytes, const std::string& what);

}  // namespace uninet
