#include "jsonpath/places.hpp"

#include "json/reader.hpp"
#include "jsonpath/compare.hpp"
#include "jsonpath/evaluator.hpp"
#include "jsonpath/patterns.hpp"
#include "jsonpath/read_parts.hpp"

namespace stactask::jsonpath {

using json::Value;

namespace {

// Recursion is as deep as the reads are, hence no deeper than expressions.
class PlaceFinder {
 public:
  PlaceFinder(json::Scanner& scanner, const Reads& reads, Places& out)
      : scanner_(scanner), reads_(reads), out_(out) {
    out_.values.assign(reads.members.size(), 0);
    out_.is_plain = true;
  }

  bool find(std::uint32_t parent) {
    return scanner_.object([&](const json::StringSpan& key) {
      const std::uint32_t index = find_member(reads_, parent, key);
      return index == no_member ? scanner_.skip_value() : find_inside(index);
    });
  }

  bool find_inside(std::uint32_t index) {
    std::size_t& value = out_.values[index];
    if (value != 0) out_.is_plain = false;
    value = scanner_.offset();
    return has_members(index) && scanner_.peek() == '{' ? find(index) : scanner_.skip_value();
  }

 private:
  [[nodiscard]] bool has_members(std::uint32_t parent) const {
    for (std::size_t i = parent + 1; i < reads_.members.size(); ++i) {
      if (reads_.members[i].parent == parent) return true;
    }
    return false;
  }

  json::Scanner& scanner_;
  const Reads& reads_;
  Places& out_;
};

// The member at the end of a path of names.
std::uint32_t member_at(const Expression& expression, const Node& node, const Reads& reads) {
  if (node.kind != Kind::child && node.kind != Kind::fields) return ReadMember::of_item;
  const bool is_child = node.kind == Kind::child;
  const std::uint32_t parent =
      is_child ? member_at(expression, expression.nodes[node.left], reads) : ReadMember::of_item;
  if (parent == no_member) return no_member;
  const Node& name = is_child ? expression.nodes[node.right] : node;
  return find_member(reads, parent, {json::string_of(expression.constants[name.first])});
}

// Python: `int(value)` of a number, where it is what stands before the point: of 15 digits none is rounded up
// to the next integer.
std::optional<std::int64_t> whole_part(std::string_view number) {
  const bool is_negative = number.starts_with('-');
  if (is_negative) number.remove_prefix(1);
  if (number.size() > 16) return std::nullopt;
  std::int64_t whole = 0;
  bool is_behind_point = false;
  for (const char c : number) {
    const bool is_digit = c >= '0' && c <= '9';
    if (!is_digit && c != '.') return std::nullopt;
    is_behind_point |= !is_digit;
    if (!is_behind_point) whole = whole * 10 + (c - '0');
  }
  return is_negative ? -whole : whole;
}

// Whether a number is compared with an integer of 64 bits, and so easily.
bool compare_whole(Operator op, json::Scanner& scanner, const Value& literal, bool& holds) {
  std::string_view number;
  if (op == Operator::search || !literal.is_number_integer() || literal.is_number_unsigned()) return false;
  if (!scanner.scalar(number)) return false;
  const std::optional<std::int64_t> whole = whole_part(number);
  if (whole) holds = compare_integers(op, *whole, literal.get<std::int64_t>());
  return whole.has_value();
}

}  // namespace

bool find_places(json::Scanner& scanner, const Reads& reads, Places& out) {
  return PlaceFinder(scanner, reads, out).find(ReadMember::of_item);
}

bool find_places(json::Scanner& scanner, std::span<const json::MemberPlace> members, const Reads& reads,
                 Places& out) {
  PlaceFinder finder(scanner, reads, out);
  for (const json::MemberPlace& place : members) {
    const std::uint32_t index = find_member(reads, ReadMember::of_item, place.key);
    if (index == no_member) continue;
    scanner.seek(place.value);
    if (!finder.find_inside(index)) return false;
  }
  return true;
}

std::optional<std::vector<std::uint32_t>> members_of_terms(const Expression& expression, const Reads& reads) {
  if (!expression.is_member_filter) return std::nullopt;
  std::vector<std::uint32_t> members;
  const Node& filter = expression.nodes[expression.nodes[expression.root].right];
  for (std::uint32_t i = filter.left; i != no_node; i = expression.nodes[i].next) {
    const Node& path = expression.nodes[expression.nodes[i].left];
    const std::uint32_t member = member_at(expression, path, reads);
    if (member == ReadMember::of_item || member == no_member) return std::nullopt;
    members.push_back(member);
  }
  return members;
}

bool match_places(Expression& expression, std::span<const std::uint32_t> members, json::Scanner& scanner,
                  const Places& places, bool& matches) {
  Error ignored;
  return Evaluator(expression, expression.scratch, ignored).match_places(members, scanner, places, matches);
}

// All terms are evaluated, as in `keeps`.
bool Evaluator::match_places(std::span<const std::uint32_t> members, json::Scanner& scanner,
                             const Places& places, bool& matches) {
  const Node& filter = expression_.nodes[expression_.nodes[expression_.root].right];
  matches = true;
  const std::uint32_t* member = members.data();
  for (std::uint32_t i = filter.left; i != no_node; i = expression_.nodes[i].next) {
    const Node& term = expression_.nodes[i];
    const std::size_t at = places.values[*member++];
    bool holds = at != 0;
    if (holds && term.op != Operator::none && !compare_text(term, scanner, at, holds)) return false;
    matches = matches && holds;
  }
  return true;
}

// Strings without escapes are compared where they stand, and numbers of few digits.
bool Evaluator::compare_text(const Node& term, json::Scanner& scanner, std::size_t at, bool& holds) {
  scanner.seek(at);
  json::StringSpan text;
  const Value& literal = expression_.constants[expression_.nodes[term.right].first];
  const json::Byte first = scanner.peek();
  const bool is_number = first == '-' || (first >= '0' && first <= '9');
  if (is_number && compare_whole(term.op, scanner, literal, holds)) return true;
  if (literal.is_string() && first == '"' && scanner.string(text) && !text.escaped) {
    if (term.op == Operator::search) return search(expression_, term.right, text.raw, holds, budget_, error_);
    holds = compare_texts(term.op, text.raw, json::string_of(literal));
    return true;
  }
  Value value;
  json::DuplicateKeys duplicates;
  scanner.seek(at);
  return json::read_value(scanner, value, duplicates) && compare_literal(term, {&value}, holds);
}

}  // namespace stactask::jsonpath
