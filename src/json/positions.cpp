#include "json/positions.hpp"

#include <algorithm>

#include "json/lanes.hpp"
#include "json/order.hpp"
#include "json/utf8.hpp"

namespace stactask::json {

namespace {

// Moves over a text, counting. `text` is followed by `text_padding` bytes.
class Counter {
 public:
  explicit Counter(std::string_view text)
      : begin_(reinterpret_cast<const Byte*>(text.data())), end_(begin_ + text.size()), at_(begin_) {}

  void move_to(std::size_t offset) {
    const Byte* const goal = begin_ + offset;
    while (at_ < goal) {
      if (goal - at_ >= 16 && is_plain(at_)) {
        at_ += 16;
        position_.offset += 16;
        position_.column += 16;
      } else {
        step();
      }
    }
  }

  [[nodiscard]] const Position& position() const { return position_; }

 private:
  // Sixteen ASCII bytes without a line break.
  static bool is_plain(const Byte* p) {
    const Lanes lanes = load_lanes(p);
    return lane_bits((lanes == '\n') | (lanes == '\r') | (lanes >= 0x80)) == 0;
  }

  void step() {
    const Byte byte = *at_;
    if (byte == '\n' || (byte == '\r' && at_[1] != '\n')) {
      ++at_;
      ++position_.offset;
      ++position_.line;
      position_.column = 1;
      return;
    }
    // A byte that is no UTF-8 counts as the one replacement character that decoders put there.
    const int length = std::max(read_utf8(at_, end_).length, 1);
    const std::size_t units = length == 4 ? 2 : 1;
    at_ += length;
    position_.offset += units;
    position_.column += units;
  }

  const Byte* begin_;
  const Byte* end_;
  const Byte* at_;
  Position position_;
};

}  // namespace

std::vector<Position> positions_of(std::string_view text, std::span<const std::size_t> offsets) {
  std::vector<Position> positions(offsets.size());
  Counter counter(text);
  for (const std::size_t index : order_of(offsets)) {
    counter.move_to(offsets[index]);
    positions[index] = counter.position();
  }
  return positions;
}

}  // namespace stactask::json
