// What the parser and the compiler collect: as std::vector, for types that are only bytes, with one function
// that makes room for all of them instead of half a kilobyte of wasm for each.
#pragma once

#include <cstdint>
#include <cstdlib>
#include <type_traits>
#include <utility>

namespace stactask::regex {

/// More room for `used` bytes that `block` has, which may be null. Aborts when there is no memory.
void* enlarge(void* block, std::size_t used, std::size_t wanted);

template <typename T>
class Pool {
  static_assert(std::is_trivially_copyable_v<T>);

 public:
  Pool() = default;
  Pool(const Pool&) = delete;
  Pool& operator=(const Pool&) = delete;
  Pool(Pool&& other) noexcept
      : data_(std::exchange(other.data_, nullptr)),
        size_(std::exchange(other.size_, 0)),
        capacity_(std::exchange(other.capacity_, 0)) {}
  Pool& operator=(Pool&&) = delete;
  ~Pool() { std::free(data_); }

  [[nodiscard]] std::uint32_t size() const { return size_; }
  [[nodiscard]] bool empty() const { return size_ == 0; }
  T& operator[](std::size_t index) { return data_[index]; }
  const T& operator[](std::size_t index) const { return data_[index]; }
  T* begin() { return data_; }
  T* end() { return data_ + size_; }
  [[nodiscard]] const T* begin() const { return data_; }
  [[nodiscard]] const T* end() const { return data_ + size_; }
  T& back() { return data_[size_ - 1]; }
  [[nodiscard]] const T& back() const { return data_[size_ - 1]; }

  void push(T element) {
    if (size_ == capacity_) {
      capacity_ = capacity_ * 2 + 8;
      data_ = static_cast<T*>(enlarge(data_, size_ * sizeof(T), capacity_ * sizeof(T)));
    }
    data_[size_++] = element;
  }
  void pop() { --size_; }
  /// To `size` elements or fewer.
  void shrink(std::uint32_t size) { size_ = size; }

 private:
  T* data_ = nullptr;
  std::uint32_t size_ = 0;
  std::uint32_t capacity_ = 0;
};

}  // namespace stactask::regex
