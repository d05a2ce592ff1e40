// Texts as the scanner wants them.
#pragma once

#include <cstring>
#include <memory>
#include <string_view>

#include "json/lanes.hpp"

namespace stactask::testing {

/// A text in a block of memory of its own, followed by the padding that the scanner asks for and by
/// nothing else, so that AddressSanitizer sees every read outside. The padding's first byte is zero;
/// `rest_of_padding` fills the bytes after it, again and again.
class Padded {
 public:
  explicit Padded(std::string_view text, std::string_view rest_of_padding = {})
      : size_(text.size()), buffer_(std::make_unique<char[]>(text.size() + json::text_padding)) {
    if (!text.empty()) std::memcpy(buffer_.get(), text.data(), text.size());
    for (std::size_t i = 1; i < json::text_padding && !rest_of_padding.empty(); ++i) {
      buffer_[size_ + i] = rest_of_padding[(i - 1) % rest_of_padding.size()];
    }
  }
  [[nodiscard]] std::string_view view() const { return {buffer_.get(), size_}; }

 private:
  std::size_t size_;
  std::unique_ptr<char[]> buffer_;
};

}  // namespace stactask::testing
