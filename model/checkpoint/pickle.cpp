#include "model/checkpoint/pickle.h"

#include <charconv>
#include <cstring>
#include <unordered_map>

#include "core/error.h"

namespace uninet {
namespace {

using Kind = PickleNode::Kind;
using Ref = std::uint32_t;

constexpr Ref kMark = 0xffffffff;

class Machine {
 public:
  explicit Machine(std::string_view bytes) : bytes_(bytes) {}

  Pickle run() {
    while (true) {
      const auto op = static_cast<unsigned char>(take(1)[0]);
      if (op == '.') break;
      if (!literal(op) && !structure(op) && !memo(op))
        throw Error(concat("it holds the pickle operation ", static_cast<int>(op),
                           ", which no checkpoint uses"));
    }
    Pickle result;
    result.root = pop();
    result.nodes = std::move(nodes_);
    result.size = position_;
    return result;
  }

 private:
  std::string_view take(std::uint64_t count) {
    if (count > bytes_.size() - position_) throw Error("it ends in the middle of a pickle");
    const std::string_view part = bytes_.substr(position_, count);
    position_ += count;
    return part;
  }
  std::string_view line() {
    const std::size_t end = bytes_.find('\n', position_);
    if (end == std::string_view::npos) throw Error("it ends in the middle of a pickle");
    const std::string_view text = take(end - position_);
    ++position_;
    return text;
  }
  template <class T>
  T number() {
    T value{};
    std::memcpy(&value, take(sizeof(T)).data(), sizeof(T));
    return value;
  }

  Ref push(PickleNode node) {
    const auto ref = static_cast<Ref>(nodes_.size());
    nodes_.push_back(std::move(node));
    stack_.push_back(ref);
    return ref;
  }
  void pushText(Kind kind, std::string_view text) { push({kind, 0, 0, std::string(text), {}}); }
  void pushInteger(std::int64_t value) { push({Kind::integer, value, 0, {}, {}}); }
  Ref pop() {
    if (stack_.empty() || stack_.back() == kMark)
      throw Error("its pickle takes from an empty stack");
    const Ref ref = stack_.back();
    stack_.pop_back();
    return ref;
  }
  PickleNode& top() {
    if (stack_.empty() || stack_.back() == kMark)
      throw Error("its pickle takes from an empty stack");
    return nodes_[stack_.back()];
  }
  std::vector<Ref> popToMark() {
    std::size_t mark = stack_.size();
    while (mark > 0 && stack_[mark - 1] != kMark) --mark;
    if (mark == 0) throw Error("its pickle lacks a mark");
    std::vector<Ref> items(stack_.begin() + static_cast<std::ptrdiff_t>(mark), stack_.end());
    stack_.resize(mark - 1);
    return items;
  }

  std::int64_t parseInteger(std::string_view text) {
    if (!text.empty() && text.back() == 'L') text.remove_suffix(1);
    std::int64_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc() || end != text.data() + text.size())
      throw Error("it holds a number that cannot be read");
    return value;
  }
  /// Little-endian two's complement; longer ones than 8 bytes keep their bytes as text.
  void pushLong(std::string_view bytes) {
    if (bytes.size() > 8) return pushText(Kind::bytes, bytes);
    std::uint64_t value = 0;
    for (std::size_t i = 0; i < bytes.size(); ++i)
      value |= static_cast<std::uint64_t>(static_cast<unsigned char>(bytes[i])) << (8 * i);
    if (!bytes.empty() && bytes.size() < 8 && (bytes.back() & 0x80) != 0)
      value |= ~std::uint64_t{0} << (8 * bytes.size());
    pushInteger(static_cast<std::int64_t>(value));
  }

  bool literal(unsigned char op) {
    switch (op) {
      case 'N':
        push({});
        return true;
      case 0x88:
        push({Kind::boolean, 1, 0, {}, {}});
        return true;
      case 0x89:
        push({Kind::boolean, 0, 0, {}, {}});
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
      case 0x8a:
        pushLong(take(number<std::uint8_t>()));
        return true;
      case 0x8b:
        pushLong(take(number<std::uint32_t>()));
        return true;
      case 'I':
      case 'L': {
        const std::string_view text = line();
        if (op == 'I' && (text == "00" || text == "01"))
          push({Kind::boolean, text == "01", 0, {}, {}});
        else
          pushInteger(parseInteger(text));
        return true;
      }
      case 'G': {
        std::uint64_t bits = 0;
        for (const char c : take(8)) bits = bits << 8 | static_cast<unsigned char>(c);
        double value = 0;
        std::memcpy(&value, &bits, 8);
        push({Kind::real, 0, value, {}, {}});
        return true;
      }
      case 'F': {
        const std::string_view text = line();
        double value = 0;
        std::from_chars(text.data(), text.data() + text.size(), value);
        push({Kind::real, 0, value, {}, {}});
        return true;
      }
      case 'S':
      case 'V':
        pushText(Kind::text, line());
        return true;
      case 'T':
        pushText(Kind::text, take(number<std::uint32_t>()));
        return true;
      case 'U':
      case 0x8c:
        pushText(Kind::text, take(number<std::uint8_t>()));
        return true;
      case 'X':
        pushText(Kind::text, take(number<std::uint32_t>()));
        return true;
      case 0x8d:
        pushText(Kind::text, take(number<std::uint64_t>()));
        return true;
      case 'B':
        pushText(Kind::bytes, take(number<std::uint32_t>()));
        return true;
      case 'C':
        pushText(Kind::bytes, take(number<std::uint8_t>()));
        return true;
      case 0x8e:
      case 0x96:
        pushText(Kind::bytes, take(number<std::uint64_t>()));
        return true;
      default:
        return false;
    }
  }

  void append(std::vector<Ref> items, Kind expected) {
    PickleNode& target = top();
    if (target.kind == Kind::call) return;  // a class that fills itself: its content stays unknown
    if (target.kind != expected) throw Error("its pickle adds to a value that is no container");
    if (expected == Kind::dict && items.size() % 2 != 0)
      throw Error("its pickle holds a key without a value");
    target.items.insert(target.items.end(), items.begin(), items.end());
  }
  void pushItems(Kind kind, std::vector<Ref> items) { push({kind, 0, 0, {}, std::move(items)}); }

  void call(Ref callee, Ref arguments) {
    PickleNode node{Kind::call, 0, 0, nodes_[callee].text, {}};
    if (nodes_[callee].kind != Kind::global) node.text = "?";
    // OrderedDict() is an empty dict; filled by the operations that follow, or from pairs.
    if (node.text == "collections.OrderedDict") {
      node = {Kind::dict, 0, 0, {}, {}};
      if (nodes_[arguments].items.size() == 1)
        for (const Ref pair : nodes_[nodes_[arguments].items[0]].items)
          if (nodes_[pair].items.size() == 2)
            node.items.insert(node.items.end(), nodes_[pair].items.begin(),
                              nodes_[pair].items.end());
    } else {
      node.items = {arguments};
    }
    push(std::move(node));
  }

  bool structure(unsigned char op) {
    switch (op) {
      case 0x80:
        take(1);
        return true;
      case 0x95:
        take(8);
        return true;
      case '(':
        stack_.push_back(kMark);
        return true;
      case '0':
        if (!stack_.empty() && stack_.back() == kMark)
          stack_.pop_back();
        else
          pop();
        return true;
      case '1':
        popToMark();
        return true;
      case '2':
        top();
        stack_.push_back(stack_.back());
        return true;
      case ')':
      case ']':
      case 0x8f:
        pushItems(Kind::sequence, {});
        return true;
      case '}':
        pushItems(Kind::dict, {});
        return true;
      case 't':
      case 'l':
      case 0x91:
        pushItems(Kind::sequence, popToMark());
        return true;
      case 'd': {
        std::vector<Ref> items = popToMark();
        pushItems(Kind::dict, {});
        append(std::move(items), Kind::dict);
        return true;
      }
      case 0x85:
      case 0x86:
      case 0x87: {
        std::vector<Ref> items(static_cast<std::size_t>(op - 0x84));
        for (std::size_t i = items.size(); i > 0; --i) items[i - 1] = pop();
        pushItems(Kind::sequence, std::move(items));
        return true;
      }
      case 'a': {
        const Ref item = pop();
        append({item}, Kind::sequence);
        return true;
      }
      case 'e':
      case 0x90:
        append(popToMark(), Kind::sequence);
        return true;
      case 's': {
        const Ref value = pop(), key = pop();
        append({key, value}, Kind::dict);
        return true;
      }
      case 'u':
        append(popToMark(), Kind::dict);
        return true;
      case 'c': {
        const std::string module(line());
        pushText(Kind::global, module + "." + std::string(line()));
        return true;
      }
      case 0x93: {
        const Ref name = pop(), module = pop();
        pushText(Kind::global, nodes_[module].text + "." + nodes_[name].text);
        return true;
      }
      case 'R':
      case 0x81: {
        const Ref arguments = pop(), callee = pop();
        call(callee, arguments);
        return true;
      }
      case 0x92: {
        pop();
        const Ref arguments = pop(), callee = pop();
        call(callee, arguments);
        return true;
      }
      case 'o': {
        std::vector<Ref> items = popToMark();
        if (items.empty()) throw Error("its pickle takes from an empty stack");
        const Ref callee = items.front();
        items.erase(items.begin());
        pushItems(Kind::sequence, std::move(items));
        const Ref arguments = pop();
        call(callee, arguments);
        return true;
      }
      case 'b': {
        const Ref state = pop();
        if (top().kind == Kind::call) top().items.push_back(state);
        return true;
      }
      case 'Q': {
        const Ref id = pop();
        pushItems(Kind::persistent, {id});
        return true;
      }
      default:
        return false;
    }
  }

  void get(std::uint32_t slot) {
    const auto found = memo_.find(slot);
    if (found == memo_.end()) throw Error("its pickle refers to a value that is not there");
    stack_.push_back(found->second);
  }
  void put(std::uint32_t slot) {
    top();
    memo_[slot] = stack_.back();
  }
  bool memo(unsigned char op) {
    switch (op) {
      case 'g':
        get(static_cast<std::uint32_t>(parseInteger(line())));
        return true;
      case 'h':
        get(number<std::uint8_t>());
        return true;
      case 'j':
        get(number<std::uint32_t>());
        return true;
      case 'p':
        put(static_cast<std::uint32_t>(parseInteger(line())));
        return true;
      case 'q':
        put(number<std::uint8_t>());
        return true;
      case 'r':
        put(number<std::uint32_t>());
        return true;
      case 0x94:
        put(static_cast<std::uint32_t>(memo_.size()));
        return true;
      default:
        return false;
    }
  }

  std::string_view bytes_;
  std::size_t position_ = 0;
  std::vector<PickleNode> nodes_;
  std::vector<Ref> stack_;
  std::unordered_map<std::uint32_t, Ref> memo_;
};

}  // namespace

Pickle readPickle(std::string_view bytes) { return Machine(bytes).run(); }

}  // namespace uninet
