// Any bytes: skipping, reading and visiting them agree. Where they are JSON, every value that pointers_at
// names stands where locate finds it.

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

void check_pointers(std::string_view text, const json::Value& root, bool has_duplicates,
                    const std::vector<std::size_t>& places) {
  const std::vector<std::string> pointers = json::pointers_at(text, places);
  expect(pointers.size() == places.size(), "a pointer for each place");
  std::vector<std::string> parents;
  for (const std::string& pointer : pointers)
    parents.push_back(pointer.substr(0, std::min(pointer.rfind('/'), pointer.size())));
  const std::vector<json::ByteRange> ranges = json::locate(text, pointers);
  const std::vector<json::ByteRange> around = json::locate(text, parents);
  for (std::size_t i = 0; i < places.size(); ++i) {
    const json::ByteRange range = ranges[i];
    expect(range.start < range.end && range.end <= text.size(), "a value has a range in the text");
    expect(around[i].start <= range.start && range.end <= around[i].end, "a value lies in its container");
    if (has_duplicates) continue;
    const json::Value* value = find(root, pointers[i]);
    expect(value != nullptr, "pointers name values");
    const bool is_after = pointers[i].empty() && places[i] >= range.end;
    expect(places[i] < range.end || is_after, "a place is in its value or before it");
    expect(places[i] >= range.start || pointers[i].empty() || places[i] > around[i].start,
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
  std::vector<json::DuplicateKey> duplicates;
  json::read_value(scanner, root, duplicates);
  for (const json::DuplicateKey& key : duplicates) {
    expect(text.at(key.offset) == '"' && text.at(key.offset + key.length - 1) == '"', "keys stand in quotes");
  }
  check_pointers(text, root, !duplicates.empty(), places);
}

}  // namespace

}  // namespace stactask::fuzzing

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace stactask::fuzzing;
  check(Padded(text_of(data, size)).view());
  return 0;
}
