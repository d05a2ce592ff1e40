#include "regex/unicode.hpp"

#include <iterator>
#include <span>

#include "regex/unicode_tables.hpp"

namespace stactask::regex {

namespace {

std::span<const unsigned char> table_of(Class in) {
  if (in == Class::digit) return digit_table;
  if (in == Class::space) return space_table;
  return word_table;
}

std::uint32_t read_number(const unsigned char*& p) {
  std::uint32_t number = 0;
  int shift = 0;
  do {
    number |= static_cast<std::uint32_t>(*p & 0x7F) << shift;
    shift += 7;
  } while ((*p++ & 0x80) != 0);
  return number;
}

// The last boundary of the class at or before the code point, and whether the class begins there.
struct Found {
  std::uint32_t boundary = 0;
  bool is_inside = false;
};

Found find(Class in, char32_t code_point) {
  const std::span<const unsigned char> table = table_of(in);
  Found found;
  std::uint32_t boundary = 0;
  bool is_inside = false;
  for (const unsigned char* p = table.data(); p < table.data() + table.size();) {
    boundary += read_number(p);
    if (code_point < boundary) break;
    is_inside = !is_inside;
    found = {boundary, is_inside};
  }
  return found;
}

// The run that stands next in the table; `first` is that of the run before.
CaseRun read_run(const unsigned char*& p, std::uint32_t first) {
  CaseRun run = {};
  run.first = first + read_number(p);
  const std::uint32_t count = read_number(p);
  run.distance = (count & 1) + 1;
  run.last = run.first + (count / 2 - 1) * run.distance;
  const std::uint32_t shift = read_number(p);
  run.shift = (shift & 1) != 0 ? 0 - shift / 2 : shift / 2;
  return run;
}

}  // namespace

bool is_in_class(Class in, char32_t code_point) { return find(in, code_point).is_inside; }

int digit_value(char32_t code_point) {
  const Found found = find(Class::digit, code_point);
  return found.is_inside ? static_cast<int>((code_point - found.boundary) % 10) : -1;
}

std::vector<std::uint32_t> boundaries_of(Class in) {
  const std::span<const unsigned char> table = table_of(in);
  std::vector<std::uint32_t> boundaries;
  std::uint32_t boundary = 0;
  for (const unsigned char* p = table.data(); p < table.data() + table.size();) {
    boundaries.push_back(boundary += read_number(p));
  }
  return boundaries;
}

char32_t to_lower(char32_t code_point) {
  CaseRun run = {};
  for (const unsigned char* p = lower_table; p < std::end(lower_table);) {
    run = read_run(p, run.first);
    if (code_point < run.first) break;
    if (run.contains(code_point)) return code_point + run.shift;
  }
  return code_point;
}

void read_case_runs(Pool<CaseRun>& runs) {
  std::uint32_t first = 0;
  for (const unsigned char* p = lower_table; p < std::end(lower_table);) {
    runs.push(read_run(p, first));
    first = runs.back().first;
  }
}

}  // namespace stactask::regex
