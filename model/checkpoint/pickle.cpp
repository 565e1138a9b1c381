#include "model/checkpoint/pickle.h"

#include <bit>
#include <charconv>
#include <cstring>
#include <unordered_map>

namespace uninet::pickle {
namespace {

// A training run of the largest network here takes about 40,000 opcodes.
constexpr std::size_t kMostOpcodes = 1u << 20;
constexpr std::size_t kDeepest = 1000;
constexpr std::size_t kMostTypes = 1000;
constexpr std::size_t kLongestType = 500;
constexpr std::size_t kLongestLine = 4096;

/// The pickle machine: a stack of references, marks into it, and a memo.
class Machine {
 public:
  Machine(std::string_view bytes, const Refuse& refuse, ReadWork& work)
      : bytes_(bytes), refuse_(refuse), work_(work) {}

  Pickle run() {
    for (std::size_t count = 0;; ++count) {
      if (count == kMostOpcodes) refuse_("its pickle has more than ", kMostOpcodes, " opcodes");
      ++work_.steps;
      const auto opcode = static_cast<std::uint8_t>(take(1)[0]);
      if (opcode == '.') break;
      if (!plain(opcode) && !container(opcode) && !object(opcode))
        refuse_("its pickle has the unknown opcode ", int{opcode}, " at byte ", at_ - 1);
    }
    out_.root = pop();
    out_.length = at_;
    return std::move(out_);
  }

 private:
  std::string_view take(std::uint64_t count) {
    if (count > bytes_.size() - at_)
      refuse_("its pickle ends at byte ", bytes_.size(), " where ", count, " more are expected");
    const std::string_view part = bytes_.substr(at_, count);
    at_ += count;
    work_.bytes += count;
    return part;
  }

  template <class T>
  T number() {
    T value;
    std::memcpy(&value, take(sizeof(T)).data(), sizeof(T));
    return value;
  }

  std::string_view line() {
    const std::size_t end = bytes_.substr(at_, kLongestLine).find('\n');
    if (end == std::string_view::npos)
      refuse_("its pickle ends within a name, or has one of more than ", kLongestLine, " letters");
    const std::string_view text = take(end);
    ++at_;
    return text;
  }

  void push(Value value) {
    stack_.push_back(static_cast<Ref>(out_.values.size()));
    out_.values.push_back(std::move(value));
  }
  void push(Kind kind, std::string_view text) { push(Value{.kind = kind, .text = text}); }
  void pushInteger(std::int64_t value) { push(Value{.kind = Kind::integer, .integer = value}); }

  Ref top() const {
    if (stack_.size() <= (marks_.empty() ? 0 : marks_.back()))
      refuse_("its pickle takes from an empty stack at byte ", at_ - 1);
    return stack_.back();
  }
  Ref pop() {
    const Ref ref = top();
    stack_.pop_back();
    return ref;
  }

  /// All since the last mark.
  std::vector<Ref> popToMark() {
    if (marks_.empty()) refuse_("its pickle lacks a mark before byte ", at_ - 1);
    const auto first = stack_.begin() + static_cast<std::ptrdiff_t>(marks_.back());
    std::vector<Ref> items(first, stack_.end());
    stack_.erase(first, stack_.end());
    marks_.pop_back();
    work_.steps += items.size();
    return items;
  }

  /// Nothing, numbers and texts.
  bool plain(std::uint8_t opcode) {
    switch (opcode) {
      case 0x80:
        number<std::uint8_t>();
        return true;  // PROTO
      case 0x95:
        number<std::uint64_t>();
        return true;  // FRAME
      case 'N':
        push(Value{});
        return true;
      case 0x88:
        push(Value{.kind = Kind::boolean, .integer = 1});
        return true;
      case 0x89:
        push(Value{.kind = Kind::boolean, .integer = 0});
        return true;
      case 'J':
        pushInteger(number<std::int32_t>());
        return true;
      case 'K':
        pushInteger(number<std::uint8_t>());
        return true;
      case 'M':
        pushInteger(number<std::uint16_t>());
        return true;
      case 'I':  // of protocol 1, which writes booleans as 00 and 01
      case 'L':
        pushLine(line());
        return true;
      case 0x8a:
        pushLong(number<std::uint8_t>());
        return true;
      case 0x8b:
        pushLong(number<std::uint32_t>());
        return true;
      case 'G':
        pushReal();
        return true;
      case 'X':
        push(Kind::text, take(number<std::uint32_t>()));
        return true;
      case 0x8c:
        push(Kind::text, take(number<std::uint8_t>()));
        return true;
      case 0x8d:
        push(Kind::text, take(number<std::uint64_t>()));
        return true;
      case 'U':
        push(Kind::text, take(number<std::uint8_t>()));
        return true;  // str of Python 2
      case 'T':
        push(Kind::text, take(number<std::uint32_t>()));
        return true;  // str of Python 2
      case 'B':
        push(Kind::bytes, take(number<std::uint32_t>()));
        return true;
      case 'C':
        push(Kind::bytes, take(number<std::uint8_t>()));
        return true;
      case 0x8e:
      case 0x96:
        push(Kind::bytes, take(number<std::uint64_t>()));
        return true;
      default:
        return false;
    }
  }

  void pushLong(std::uint64_t size) {
    const std::string_view digits = take(size);
    if (size > 8) return push(Kind::bigInteger, digits);
    std::uint64_t value = size > 0 && (digits.back() & 0x80) != 0 ? ~std::uint64_t{0} : 0;
    for (std::size_t i = size; i-- > 0;) value = value << 8 | static_cast<std::uint8_t>(digits[i]);
    pushInteger(static_cast<std::int64_t>(value));
  }

  void pushLine(std::string_view text) {
    if (text == "00" || text == "01")
      return push(Value{.kind = Kind::boolean, .integer = text == "01"});
    if (text.ends_with('L')) text.remove_suffix(1);
    std::int64_t value = 0;
    const char* end = text.data() + text.size();
    if (const auto [stop, error] = std::from_chars(text.data(), end, value);
        error != std::errc() || stop != end)
      refuse_("its pickle has a number that cannot be read at byte ", at_);
    pushInteger(value);
  }

  void pushReal() {
    std::uint64_t bits = 0;  // big-endian, unlike all the rest
    for (const char byte : take(8)) bits = bits << 8 | static_cast<std::uint8_t>(byte);
    push(Value{.kind = Kind::real, .real = std::bit_cast<double>(bits)});
  }

  void pushList(std::vector<Ref> items) {
    push(Value{.kind = Kind::list, .items = std::move(items)});
  }

  /// Lists, tuples, sets, dicts, and the stack and memo themselves.
  bool container(std::uint8_t opcode) {
    switch (opcode) {
      case '(':
        if (marks_.size() == kDeepest) refuse_("its pickle is nested deeper than ", kDeepest);
        marks_.push_back(stack_.size());
        return true;
      case '0':
        if (!marks_.empty() && marks_.back() == stack_.size())
          marks_.pop_back();
        else
          pop();
        return true;
      case '1':
        popToMark();
        return true;
      case '2':
        stack_.push_back(top());
        return true;
      case ')':
      case ']':
      case 0x8f:
        pushList({});
        return true;
      case '}':
        push(Value{.kind = Kind::dict});
        return true;
      case 't':
      case 'l':
      case 0x91:
        pushList(popToMark());
        return true;
      case 'd': {
        const std::vector<Ref> items = popToMark();
        push(Value{.kind = Kind::dict});
        return put(items);
      }
      case 0x85:
      case 0x86:
      case 0x87: {
        std::vector<Ref> items(opcode - 0x84u);
        for (std::size_t i = items.size(); i-- > 0;) items[i] = pop();
        pushList(std::move(items));
        return true;
      }
      case 'a':
        return append({pop()});
      case 'e':
      case 0x90:
        return append(popToMark());
      case 's': {
        const Ref value = pop(), key = pop();
        return put({key, value});
      }
      case 'u':
        return put(popToMark());
      case 'q':
        memo_[number<std::uint8_t>()] = top();
        return true;
      case 'r':
        memo_[number<std::uint32_t>()] = top();
        return true;
      case 0x94:
        memo_[static_cast<std::uint32_t>(memo_.size())] = top();
        return true;
      case 'h':
        return get(number<std::uint8_t>());
      case 'j':
        return get(number<std::uint32_t>());
      default:
        return false;
    }
  }

  bool get(std::uint32_t index) {
    const auto found = memo_.find(index);
    if (found == memo_.end()) refuse_("its pickle asks for memo ", index, ", which is not set");
    stack_.push_back(found->second);
    return true;
  }

  bool append(const std::vector<Ref>& items) { return extend(Kind::list, items); }
  bool put(const std::vector<Ref>& items) {
    if (items.size() % 2 != 0) refuse_("its pickle has a key without a value at byte ", at_ - 1);
    return extend(Kind::dict, items);
  }
  bool extend(Kind kind, const std::vector<Ref>& items) {
    Value& target = out_.values[top()];
    if (target.kind == Kind::opaque) return true;  // a subclass of list or dict
    if (target.kind != kind)
      refuse_("its pickle fills what is no ", kind == Kind::dict ? "dict" : "list", " at byte ",
              at_ - 1);
    target.items.insert(target.items.end(), items.begin(), items.end());
    return true;
  }

  /// Classes, calls, states, persistent ids.
  bool object(std::uint8_t opcode) {
    switch (opcode) {
      case 'c': {
        const std::string_view module = line(), name = line();
        pushGlobal(module, name);
        return true;
      }
      case 0x93: {
        const Value& name = out_.values[pop()];
        const Value& module = out_.values[pop()];
        if (name.kind != Kind::text || module.kind != Kind::text)
          refuse_("its pickle names a class by what is no text");
        pushGlobal(module.text, name.text);
        return true;
      }
      case 0x92:
        pop();
        [[fallthrough]];  // NEWOBJ_EX: keyword arguments matter to no known class
      case 0x81:
      case 'R': {
        const Ref arguments = pop(), callee = pop();
        return call(callee, arguments);
      }
      case 'b':
        return build();
      case 'Q':
        push(storageOf(out_, pop(), refuse_));
        return true;
      default:
        return false;
    }
  }

  void pushGlobal(std::string_view module, std::string_view name) {
    if (module.size() + name.size() > kLongestType)
      refuse_("its pickle names a class by ", module.size() + name.size(), " letters");
    const std::string type = concat(module, ".", name);
    work_.bytes += type.size();
    const auto [entry, isNew] = types_.emplace(type, static_cast<std::uint16_t>(out_.types.size()));
    if (isNew) out_.types.push_back(type);
    if (types_.size() > kMostTypes) refuse_("its pickle names more than ", kMostTypes, " classes");
    push(Value{.kind = Kind::global, .type = entry->second});
  }

  bool call(Ref callee, Ref arguments) {
    Value result = reduce(out_, callee, arguments, refuse_);
    // One list may be the argument of many calls, each of which copies it.
    copied_ += result.items.size();
    work_.steps += result.items.size();
    if (copied_ > kMostOpcodes) refuse_("its pickle copies more than ", kMostOpcodes, " items");
    push(std::move(result));
    return true;
  }

  /// The state of an object. That of an OrderedDict (_metadata) says nothing about its content.
  bool build() {
    const Ref state = pop();
    Value& object = out_.values[top()];
    if (object.kind == Kind::object) object.items = {state};
    if (object.kind == Kind::dtype && isBigEndian(out_.values[state])) object.kind = Kind::opaque;
    return true;
  }

  /// The state of a numpy type: (version, byte order, …).
  bool isBigEndian(const Value& state) const {
    return state.kind == Kind::list && state.items.size() > 1 &&
           out_.values[state.items[1]].text == ">";
  }

  std::string_view bytes_;
  const Refuse& refuse_;
  ReadWork& work_;
  std::size_t at_ = 0, copied_ = 0;
  Pickle out_;
  std::vector<Ref> stack_;
  std::vector<std::size_t> marks_;
  std::unordered_map<std::uint32_t, Ref> memo_;
  std::unordered_map<std::string, std::uint16_t> types_;
};

}  // namespace

Pickle readPickle(std::string_view bytes, const Refuse& refuse, ReadWork& work) {
  return Machine(bytes, refuse, work).run();
}

}  // namespace uninet::pickle
