#include "core/data/class_options.h"

#include "core/base/error.h"

namespace uninet {
namespace {

class ClassNameCheck : public OptionVisitor {
 public:
  explicit ClassNameCheck(const ClassTable& table) : table_(table) {}

  void number(const OptionInfo&, double&, const Range&) override {}
  void integer(const OptionInfo&, std::int64_t&, const Range&) override {}
  void flag(const OptionInfo&, bool&) override {}
  void choice(const OptionInfo&, std::string&, std::span<const Choice>) override {}
  void text(const OptionInfo&, std::string&) override {}
  void className(const OptionInfo& info, std::string& value, ClassKind kind) override {
    try {
      if (kind == ClassKind::semantic)
        table_.semanticByName(value);
      else
        table_.instanceByName(value);
    } catch (const Error& error) {
      throw Error(concat("option '", info.key, "': ", error.what()));
    }
  }

 private:
  const ClassTable& table_;
};

}  // namespace

void checkClassNames(const Options& options, const ClassTable& table) {
  ClassNameCheck check(table);
  options.clone()->describe(check);
}

}  // namespace uninet
