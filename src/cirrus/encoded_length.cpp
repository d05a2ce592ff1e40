#include "cirrus/encoded_length.hpp"

#include <string>
#include <vector>

#include "json/decimal.hpp"
#include "json/hash.hpp"
#include "json/order.hpp"
#include "json/reader.hpp"
#include "json/scanner.hpp"
#include "json/utf8.hpp"
#include "json/value.hpp"

namespace stactask::cirrus {

using json::Byte;
using json::Scanner;
using json::StringSpan;

namespace {

// Of one character in the inner string, once that is a string itself: its backslashes and quotes are
// escaped again.
std::size_t length_of(char32_t code_point) {
  switch (code_point) {
    case '"':
    case '\\': return 4;
    case '\b':
    case '\f':
    case '\n':
    case '\r':
    case '\t': return 3;
    default: break;
  }
  if (code_point >= 0x20 && code_point < 0x7F) return 1;
  return code_point < 0x10000 ? 7 : 14;
}

struct Member {
  StringSpan key;
  std::size_t length;  // of its value
};

class Counter {
 public:
  Counter(std::string_view text, std::size_t limit) : scanner_(text), limit_(limit) {}

  std::size_t count() {
    visit();
    return length_;
  }

 private:
  // Depth is limited by the scanner. False when there is enough.
  bool visit() {
    if (length_ > limit_) return false;
    const Byte first = scanner_.peek();
    if (first == '{') return visit_object();
    if (first == '[') {
      length_ += 2;
      return scanner_.array([&](std::size_t index) {
        length_ += index == 0 ? 0 : separator;
        return visit();
      });
    }
    if (first == '"') {
      StringSpan string;
      if (!scanner_.string(string)) return false;
      add_string(string);
      return true;
    }
    std::string_view scalar;
    if (!scanner_.scalar(scalar)) return false;
    length_ += scalar_length(scalar);
    return true;
  }

  bool visit_object() {
    length_ += 2;
    const std::size_t first_member = members_.size();
    const bool goes_on = scanner_.object([&](const StringSpan& key) {
      length_ += members_.size() == first_member ? 0 : separator;
      add_string(key);
      length_ += separator;
      const std::size_t before = length_;
      const std::size_t index = members_.size();
      members_.push_back({key, 0});
      const bool is_counted = visit();
      members_[index].length = length_ - before;
      return is_counted;
    });
    if (members_.size() - first_member > 1) take_repeated_off(first_member);
    members_.resize(first_member);
    return goes_on;
  }

  // All but the last of the members with one key, each with the separator beside it.
  void take_repeated_off(std::size_t first_member) {
    std::vector<std::size_t> hashes;
    std::vector<std::string> decoded(members_.size() - first_member);
    for (std::size_t i = first_member; i < members_.size(); ++i) {
      const StringSpan& key = members_[i].key;
      if (key.escaped) decoded[i - first_member] = json::decode_string(key);
      hashes.push_back(json::hash_text(key.escaped ? decoded[i - first_member] : key.raw));
    }
    const auto key_of = [&](std::size_t i) -> std::string_view {
      const StringSpan& key = members_[first_member + i].key;
      return key.escaped ? decoded[i] : key.raw;
    };
    const std::vector<std::size_t> order = json::order_of(hashes);
    for (std::size_t i = 0; i < order.size(); ++i) {
      for (std::size_t next = i + 1; next < order.size() && hashes[order[next]] == hashes[order[i]]; ++next) {
        if (key_of(order[next]) != key_of(order[i])) continue;
        const std::size_t total = length_;
        const Member& member = members_[first_member + order[i]];
        add_string(member.key);
        const std::size_t key_length = length_ - total;
        length_ = total - key_length - member.length - 2 * separator;
        break;
      }
    }
  }

  void add_string(const StringSpan& span) {
    length_ += 4;  // two quotes, each with its backslash
    const std::string text = json::decode_string(span);
    const Byte* p = reinterpret_cast<const Byte*>(text.data());
    const Byte* const end = p + text.size();
    while (p < end) {
      const json::Utf8Sequence sequence = json::read_utf8(p, end);
      length_ += length_of(sequence.code_point);
      p += sequence.length;
    }
  }

  // As Python writes it: words and integers as they are, but -0, floats by their repr.
  static std::size_t scalar_length(std::string_view text) {
    if (text == "-0") return 1;
    const bool is_number = text.back() >= '0' && text.back() <= '9';
    if (!is_number || text.find_first_of(".eE") == std::string_view::npos) return text.size();
    const std::string repr = json::float_repr(json::parse_decimal(text));
    if (repr == "inf") return 8;
    return repr == "-inf" ? 9 : repr.size();
  }

  static constexpr std::size_t separator = 2;  // ", " between two elements, ": " behind a key

  Scanner scanner_;
  std::size_t limit_;
  std::vector<Member> members_;  // of the objects around what is counted, up to it
  std::size_t length_ = 2;       // the outer quotes
};

}  // namespace

std::size_t encoded_length(std::string_view text, std::size_t limit) { return Counter(text, limit).count(); }

}  // namespace stactask::cirrus
