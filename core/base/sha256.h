#pragma once

#include <cstddef>
#include <filesystem>
#include <string>

struct evp_md_ctx_st;

namespace uninet {

/// SHA-256 (FIPS 180-4) of what is added, piece by piece; OpenSSL's, which uses the processor's
/// instructions for it. Throws Error if OpenSSL has none.
class Sha256 {
 public:
  Sha256();
  ~Sha256();
  Sha256(const Sha256&) = delete;
  Sha256& operator=(const Sha256&) = delete;

  void add(const void* data, std::size_t count);
  /// 64 hex digits; nothing may be added afterwards.
  std::string finish();

 private:
  evp_md_ctx_st* context_;
};

/// Of a file; throws Error naming it.
std::string sha256OfFile(const std::filesystem::path& file);

}  // namespace uninet
