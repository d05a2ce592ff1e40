#include "json/positions.hpp"

#include "json/lanes.hpp"
#include "json/order.hpp"

namespace stactask::json {

namespace {

// Moves over a text, counting. `text` is followed by `text_padding` bytes.
class Counter {
 public:
  explicit Counter(std::string_view text) : begin_(reinterpret_cast<const Byte*>(text.data())), at_(begin_) {}

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
    const Byte byte = *at_++;
    if (byte == '\n' || (byte == '\r' && *at_ != '\n')) {
      ++position_.offset;
      ++position_.line;
      position_.column = 1;
      return;
    }
    // A sequence of four bytes is two UTF-16 units; every other counts by its first byte.
    std::size_t units = (byte & 0xC0) == 0x80 ? 0 : 1;
    if (byte >= 0xF0) units = 2;
    position_.offset += units;
    position_.column += units;
  }

  const Byte* begin_;
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
