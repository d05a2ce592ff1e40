#include "payload/geometry.hpp"

#include <algorithm>
#include <limits>

#include "json/decimal.hpp"
#include "payload/item_walk.hpp"

namespace stactask::payload::item {

using json::Byte;

namespace {

// How the coordinates of a type nest.
struct Form {
  std::string_view type;
  std::size_t fewest;  // positions in each innermost list
  int levels;          // of lists around each position
  bool is_ring;
};

constexpr Form forms[] = {
    {"Point", 0, 0, false},  {"MultiPoint", 0, 1, false},      {"LineString", 2, 1, false},
    {"Polygon", 4, 2, true}, {"MultiLineString", 2, 2, false}, {"MultiPolygon", 4, 3, true},
};

bool is_number_start(Byte first) {
  return (first >= '0' && first <= '9') || first == '-' || first == 'N' || first == 'I';
}

double value_of(std::string_view text) {
  if (text.back() == 'N') return std::numeric_limits<double>::quiet_NaN();
  if (text.back() != 'y') return json::parse_decimal(text);
  const double infinity = std::numeric_limits<double>::infinity();
  return text[0] == '-' ? -infinity : infinity;
}

// Fast, and good enough to tell which way a ring goes round. NaN where there are hundreds of digits.
double rough_value_of(std::string_view text) {
  const bool is_negative = text[0] == '-';
  double digits = 0;
  double scale = 1;
  double step = 1;
  for (const char c : text.substr(is_negative ? 1 : 0)) {
    if (c == '.') {
      step = 10;
    } else if (c < '0' || c > '9') {
      return value_of(text);
    } else {
      digits = digits * 10 + (c - '0');
      scale *= step;
    }
  }
  return (is_negative ? -digits : digits) / scale;
}

struct Position {
  double x = 0;
  double y = 0;
  std::size_t start = 0;
  std::string_view numbers = {};  // the text from the first to the last
};

// Twice the area that a ring encloses, positive where it goes counterclockwise.
class Area {
 public:
  void add(const Position& position) {
    if (is_first_) origin_ = position;
    is_first_ = false;
    const double x = position.x - origin_.x;
    const double y = position.y - origin_.y;
    area_ += x_ * y - x * y_;
    west_ = std::min(west_, x);
    east_ = std::max(east_, x);
    x_ = x;
    y_ = y;
  }

  /// 0 where it cannot be told: an area so wide may cross the antimeridian instead.
  [[nodiscard]] double value() const { return east_ - west_ > 180 ? 0 : area_; }

 private:
  Position origin_;
  bool is_first_ = true;
  double x_ = 0;
  double y_ = 0;
  double area_ = 0;
  double west_ = 0;
  double east_ = 0;
};

class CoordinateChecker {
 public:
  CoordinateChecker(json::Scanner& scanner, const Form& form, Reporter& reporter)
      : scanner_(scanner), form_(form), reporter_(reporter) {}

  // `path.index` is that of a ring in its polygon.
  void check(int levels, const Path& path) {
    scanner_.peek();
    const std::size_t start = scanner_.offset();
    if (levels == 0) {
      Position position;
      read_position(path, position);
    } else if (!open(path, "a list")) {
      return;
    } else if (levels == 1) {
      check_line(path, start);
    } else {
      std::size_t index = 0;
      for (bool more = enter(scanner_, ']'); more; more = next(scanner_, ']')) {
        check(levels - 1, Path::element(path, index++));
      }
    }
  }

 private:
  // False if there is no list, which is passed over.
  bool open(const Path& path, std::string_view expectation) {
    if (scanner_.peek() == '[') return true;
    reporter_.must_be(Code::item_coordinates, path, scanner_.offset(), expectation);
    scanner_.skip_value();
    return false;
  }

  void check_line(const Path& path, std::size_t start) {
    Position first;
    Position last;
    Area area;
    std::size_t count = 0;
    bool is_whole = true;
    for (bool more = enter(scanner_, ']'); more; more = next(scanner_, ']')) {
      is_whole = read_position(Path::element(path, count), last) && is_whole;
      if (count++ == 0) first = last;
      if (form_.is_ring) area.add(last);
    }
    if (count < form_.fewest) {
      reporter_.must_be(
          Code::item_coordinates, path, start,
          form_.is_ring ? "a list of four or more positions" : "a list of two or more positions");
    } else if (form_.is_ring && is_whole) {
      check_ring(path, start, first, last, count, area.value());
    }
  }

  void check_ring(const Path& path, std::size_t start, const Position& first, const Position& last,
                  std::size_t count, double area) {
    if (!is_same(first, last)) {
      return reporter_.add(Code::item_ring_open, Path::element(path, count - 1), last.start, {});
    }
    const bool is_outer = path.index == 0;
    if (is_outer ? area < 0 : area > 0) {
      reporter_.add(
          Code::item_ring_winding, path, start,
          is_outer ? "the outer ring goes clockwise" : "a ring around a hole goes counterclockwise");
    }
  }

  bool is_same(const Position& a, const Position& b) {
    if (a.numbers == b.numbers) return true;
    const std::size_t end = scanner_.offset();
    Numbers left;
    Numbers right;
    scanner_.seek(a.start);
    read_numbers(scanner_, left);
    scanner_.seek(b.start);
    read_numbers(scanner_, right);
    scanner_.seek(end);
    return left.count == right.count && std::equal(left.kept, left.kept + Numbers::max_kept, right.kept);
  }

  bool read_position(const Path& path, Position& out) {
    constexpr std::string_view expectation = "a list of two or more numbers";
    if (!open(path, expectation)) return false;
    out.start = scanner_.offset();
    std::size_t count = 0;
    bool is_good = true;
    for (bool more = enter(scanner_, ']'); more; more = next(scanner_, ']')) {
      if (!is_good || !is_number_start(scanner_.peek())) {
        is_good = false;
        scanner_.skip_value();
        continue;
      }
      std::string_view text;
      scanner_.scalar(text);
      const char* const from = count == 0 ? text.data() : out.numbers.data();
      out.numbers = {from, static_cast<std::size_t>(text.data() + text.size() - from)};
      if (form_.is_ring && count < 2) (count == 0 ? out.x : out.y) = rough_value_of(text);
      ++count;
    }
    is_good = is_good && count >= 2;
    if (!is_good) {
      reporter_.must_be(Code::item_coordinates, path, out.start, expectation);
    } else if (count > 3 && !has_long_) {
      has_long_ = true;
      reporter_.add(Code::item_position_length, path, out.start, {});
    }
    return is_good;
  }

  json::Scanner& scanner_;
  const Form& form_;
  Reporter& reporter_;
  bool has_long_ = false;  // said once
};

}  // namespace

bool check_coordinates(json::Scanner& scanner, std::string_view type, const Path& path, std::size_t start,
                       Reporter& reporter) {
  for (const Form& form : forms) {
    if (form.type != type) continue;
    if (start != 0) {
      scanner.seek(start);
      CoordinateChecker(scanner, form, reporter).check(form.levels, path);
    }
    return true;
  }
  return false;
}

bool read_number(json::Scanner& scanner, double& out) {
  if (!is_number_start(scanner.peek())) {
    scanner.skip_value();
    return false;
  }
  std::string_view text;
  scanner.scalar(text);
  out = value_of(text);
  return true;
}

bool read_numbers(json::Scanner& scanner, Numbers& out) {
  if (scanner.peek() != '[') {
    scanner.skip_value();
    return false;
  }
  bool is_good = true;
  for (bool more = enter(scanner, ']'); more; more = next(scanner, ']')) {
    double number = 0;
    is_good = read_number(scanner, number) && is_good;
    if (out.count < Numbers::max_kept) out.kept[out.count] = number;
    ++out.count;
  }
  return is_good;
}

}  // namespace stactask::payload::item
