// Any bytes: skipping, reading and visiting them agree. Where they are JSON, every value that spots_at
// names stands where locate finds it, and the earlier of two equal keys can be removed.

#include <algorithm>

#include "fuzz.hpp"
#include "json/locate.hpp"
#include "json/positions.hpp"
#include "json/python_text.hpp"
#include "walks.hpp"

namespace stactask::fuzzing {

namespace {

// All of a short text, some forty places in a long one.
std::vector<std::size_t> places_in(std::string_view text) {
  std::vector<std::size_t> places;
  for (std::size_t place = 0; place <= text.size(); place += 1 + text.size() / 40) places.push_back(place);
  return places;
}

std::string_view slice(std::string_view text, json::ByteRange range) {
  return text.substr(range.start, range.end - range.start);
}

void check_oddities(std::string_view text) {
  json::Scanner scanner(text);
  scanner.skip_value();
  std::size_t after = 0;
  for (const json::Oddity& oddity : scanner.oddities()) {
    expect(oddity.offset >= after, "oddities come in order");
    after = oddity.offset + oddity.length;
    expect(after <= text.size(), "oddities lie in the text");
  }
}

void check_positions(std::string_view text, const std::vector<std::size_t>& places) {
  json::Position before;
  for (const json::Position& position : json::positions_of(text, places)) {
    expect(position.offset >= before.offset && position.line >= before.line, "positions go on");
    expect(position.line > before.line || position.column >= before.column, "columns go on in a line");
    expect(position.column <= position.offset + 1, "a column is no larger than the offset");
    before = position;
  }
}

std::vector<std::string> pointers_at(std::string_view text, const std::vector<std::size_t>& places) {
  std::vector<std::string> pointers;
  for (json::Spot& spot : json::spots_at(text, places, static_cast<std::size_t>(-1))) {
    pointers.push_back(std::move(spot.pointer));
  }
  expect(pointers.size() == places.size(), "a pointer for each place");
  return pointers;
}

void check_key(std::string_view text, json::ByteRange key, json::ByteRange value, std::string_view pointer) {
  expect(key.start < key.end && key.end < value.start, "a key stands before its value");
  const std::optional<json::Value> name = value_of(slice(text, key));
  expect(name.has_value() && name->is_string(), "a key is a string");
  expect(pointer.ends_with(json::child("", json::string_of(*name))), "a pointer ends with its key");
}

// But for the order of keys.
bool is_same(const json::Value& left, const json::Value& right) {
  if (left.type() != right.type() || left.size() != right.size()) return false;
  if (left.is_array()) {
    return std::equal(left.begin(), left.end(), right.begin(), is_same);
  }
  if (!left.is_object()) return json::python_repr(left) == json::python_repr(right);
  for (const auto& [key, value] : json::object_of(left)) {
    const json::Value* other = json::member(&right, key);
    if (other == nullptr || !is_same(value, *other)) return false;
  }
  return true;
}

void check_duplicates(std::string_view text, const json::Value& root, const json::DuplicateKeys& duplicates) {
  expect(duplicates.count >= duplicates.kept.size(), "all are counted");
  std::vector<std::size_t> starts;
  for (const json::StringSpan& key : duplicates.kept) {
    const auto start = static_cast<std::size_t>(key.raw.data() - text.data()) - 1;
    expect(text.at(start) == '"' && text.at(start + 1 + key.raw.size()) == '"', "keys stand in quotes");
    expect(starts.empty() || starts.back() < start, "repeated keys come in order");
    starts.push_back(start);
  }
  const std::vector<json::Spot> spots = json::spots_at(text, starts, static_cast<std::size_t>(-1));
  expect(spots.size() == starts.size(), "a spot for each repeated key");
  for (std::size_t i = 0; i < spots.size(); ++i) {
    expect(spots[i].earlier.has_value(), "what is repeated was there before");
    const auto [start, end] = *spots[i].earlier;
    expect(start < end && end <= starts[i], "the earlier member stands before");
    if (i % 16 != 0) continue;
    std::string rest(text);
    const std::optional<json::Value> value = value_of(rest.erase(start, end - start));
    expect(value.has_value() && is_same(*value, root), "a member that does not count can be removed");
  }
}

void check_pointers(std::string_view text, const json::Value& root, bool has_duplicates,
                    const std::vector<std::size_t>& places) {
  const std::vector<std::string> pointers = pointers_at(text, places);
  std::vector<std::string> parents;
  for (const std::string& pointer : pointers)
    parents.push_back(pointer.substr(0, std::min(pointer.rfind('/'), pointer.size())));
  const std::vector<json::Place> found = json::locate(text, pointers);
  const std::vector<json::Place> containers = json::locate(text, parents);
  for (std::size_t i = 0; i < places.size(); ++i) {
    const auto [range, key] = found[i];
    const json::ByteRange around = containers[i].value;
    expect(range.start < range.end && range.end <= text.size(), "a value has a range in the text");
    expect(around.start <= range.start && range.end <= around.end, "a value lies in its container");
    if (key.end != 0) check_key(text, key, range, pointers[i]);
    if (has_duplicates) continue;
    const json::Value* value = find(root, pointers[i]);
    expect(value != nullptr, "pointers name values");
    const bool is_after = pointers[i].empty() && places[i] >= range.end;
    expect(places[i] < range.end || is_after, "a place is in its value or before it");
    expect(places[i] >= range.start || pointers[i].empty() || places[i] > around.start,
           "what stands before a value is in its container");
    if (i % 16 != 0) continue;
    const std::optional<json::Value> there = value_of(slice(text, range));
    expect(there.has_value(), "the range of a value is a value");
    expect(json::python_repr(*there) == json::python_repr(*value), "the value in the range is the value");
  }
}

void check(std::string_view text) {
  const testing::Verdict skipped = testing::skip(text);
  expect(skipped == testing::read(text), "skipping and reading agree");
  expect(skipped == testing::visit(text), "skipping and visiting agree");
  expect(skipped.offset <= text.size(), "errors lie in the text");
  check_oddities(text);
  const std::vector<std::size_t> places = places_in(text);
  check_positions(text, places);
  if (skipped.kind != json::SyntaxErrorKind::none) return;
  json::Scanner scanner(text);
  json::Value root;
  json::DuplicateKeys duplicates;
  json::read_value(scanner, root, duplicates);
  check_duplicates(text, root, duplicates);
  check_pointers(text, root, duplicates.count != 0, places);
}

}  // namespace

}  // namespace stactask::fuzzing

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace stactask::fuzzing;
  check(Padded(text_of(data, size)).view());
  return 0;
}
