#include "core/base/sha256.h"

#include <openssl/evp.h>

#include <array>
#include <fstream>
#include <vector>

#include "core/base/error.h"
#include "core/base/files.h"

namespace uninet {
namespace {

void require(int done) {
  if (done != 1) throw Error("SHA-256 cannot be computed by the OpenSSL of this system");
}

}  // namespace

Sha256::Sha256() : context_(EVP_MD_CTX_new()) {
  if (context_ != nullptr && EVP_DigestInit_ex(context_, EVP_sha256(), nullptr) == 1) return;
  EVP_MD_CTX_free(context_);
  require(0);
}

Sha256::~Sha256() { EVP_MD_CTX_free(context_); }

void Sha256::add(const void* data, std::size_t count) {
  require(EVP_DigestUpdate(context_, data, count));
}

std::string Sha256::finish() {
  std::array<unsigned char, 32> digest{};
  require(EVP_DigestFinal_ex(context_, digest.data(), nullptr));
  std::string text;
  for (const unsigned char byte : digest)
    for (const int shift : {4, 0}) text += "0123456789abcdef"[byte >> shift & 15];
  return text;
}

std::string sha256OfFile(const std::filesystem::path& file) {
  requireFile(file);
  std::ifstream in(file, std::ios::binary);
  if (!in) throw Error(concat(file.string(), " cannot be read; check the path"));
  Sha256 hash;
  std::vector<char> buffer(std::size_t{1} << 18);
  while (in.read(buffer.data(), static_cast<std::streamsize>(buffer.size())), in.gcount() > 0)
    hash.add(buffer.data(), static_cast<std::size_t>(in.gcount()));
  return hash.finish();
}

}  // namespace uninet
