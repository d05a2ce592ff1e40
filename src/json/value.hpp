// The value type of the core: nlohmann's basic_json over an object type of our own, which keeps the
// order of the text, lets the last of two equal keys win in the place of the first, as a Python dict
// does, and finds keys in wide objects by hash.
//
// nlohmann's parser and `dump` are not used: they refuse or change what Python's json accepts.
#pragma once

#include <cstdint>
#include <functional>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "json/hash.hpp"

namespace stactask::json {

/// An insertion-ordered map with the interface that nlohmann::basic_json asks of its object type.
template <typename Key, typename T, typename Compare = std::equal_to<>, typename Allocator = void>
class OrderedMap {
 public:
  using key_type = Key;
  using mapped_type = T;
  using value_type = std::pair<Key, T>;
  using key_compare = std::equal_to<>;
  using Members = std::vector<value_type>;
  using iterator = typename Members::iterator;
  using const_iterator = typename Members::const_iterator;
  using size_type = typename Members::size_type;

  OrderedMap() = default;
  template <typename It>
  OrderedMap(It first, It last) {
    for (; first != last; ++first) emplace(first->first, first->second);
  }

  iterator begin() { return members_.begin(); }
  iterator end() { return members_.end(); }
  [[nodiscard]] const_iterator begin() const { return members_.begin(); }
  [[nodiscard]] const_iterator end() const { return members_.end(); }
  [[nodiscard]] const_iterator cbegin() const { return members_.begin(); }
  [[nodiscard]] const_iterator cend() const { return members_.end(); }
  [[nodiscard]] bool empty() const { return members_.empty(); }
  [[nodiscard]] size_type size() const { return members_.size(); }
  [[nodiscard]] size_type max_size() const { return members_.max_size(); }

  void clear() {
    members_.clear();
    slots_.clear();
  }

  iterator find(std::string_view key) { return begin() + index_of(key); }
  [[nodiscard]] const_iterator find(std::string_view key) const { return begin() + index_of(key); }
  [[nodiscard]] size_type count(std::string_view key) const { return value_of(key) == nullptr ? 0 : 1; }

  /// The value of a member, or null where there is none.
  [[nodiscard]] const T* value_of(std::string_view key) const {
    const auto index = static_cast<size_type>(index_of(key));
    return index == size() ? nullptr : &members_[index].second;
  }

  /// Add a member unless the key is there; either way, where it is.
  template <typename Value>
  std::pair<iterator, bool> emplace(Key key, Value&& value) {
    const auto index = index_of(key);
    if (index != static_cast<std::ptrdiff_t>(size())) return {begin() + index, false};
    if (empty()) members_.reserve(first_capacity);
    members_.emplace_back(std::move(key), std::forward<Value>(value));
    remember(size() - 1);
    return {end() - 1, true};
  }

  T& operator[](std::string_view key) { return emplace(Key(key), T{}).first->second; }

  size_type erase(std::string_view key) {
    const auto found = find(key);
    if (found == end()) return 0;
    erase(found);
    return 1;
  }
  iterator erase(const_iterator position) { return erase(position, position + 1); }
  iterator erase(const_iterator first, const_iterator last) {
    const auto next = members_.erase(first, last);
    slots_.clear();
    if (size() > narrow) rebuild();
    return next;
  }

 private:
  static constexpr size_type first_capacity = 4;
  static constexpr size_type narrow = 16;  // up to here a linear search is faster than hashing

  // Where the key is, or size().
  [[nodiscard]] std::ptrdiff_t index_of(std::string_view key) const {
    const size_type n = size();
    if (slots_.empty()) {
      size_type i = 0;
      while (i < n && members_[i].first != key) ++i;
      return static_cast<std::ptrdiff_t>(i);
    }
    const size_type mask = slots_.size() - 1;
    for (size_type slot = hash_text(key) & mask;; slot = (slot + 1) & mask) {
      const std::uint32_t entry = slots_[slot];
      if (entry == 0) return static_cast<std::ptrdiff_t>(n);
      if (members_[entry - 1].first == key) return static_cast<std::ptrdiff_t>(entry) - 1;
    }
  }

  void remember(size_type index) {
    if (size() <= narrow) return;
    if (size() * 2 > slots_.size()) {
      rebuild();
    } else {
      insert_slot(index);
    }
  }

  void rebuild() {
    size_type slots = narrow * 4;
    while (slots < size() * 4) slots *= 2;
    slots_.assign(slots, 0);
    for (size_type i = 0; i < size(); ++i) insert_slot(i);
  }

  void insert_slot(size_type index) {
    const size_type mask = slots_.size() - 1;
    size_type slot = hash_text(members_[index].first) & mask;
    while (slots_[slot] != 0) slot = (slot + 1) & mask;
    slots_[slot] = static_cast<std::uint32_t>(index + 1);
  }

  Members members_;
  std::vector<std::uint32_t> slots_;  // member index + 1, or 0; a power of two long; empty while narrow
};

/// Null, booleans, numbers (int64, uint64 or double), strings (UTF-8, in which a lone surrogate stands
/// as its three bytes), arrays and objects. An integer beyond 64 bits is kept as its source text in the
/// binary alternative: see `is_big_integer`.
using Value = nlohmann::basic_json<OrderedMap>;

/// Without members or elements.
inline Value empty_container(bool is_object) {
  return is_object ? Value::value_t::object : Value::value_t::array;
}

inline bool is_big_integer(const Value& value) { return value.is_binary(); }

inline bool is_integer(const Value& value) { return value.is_number_integer() || is_big_integer(value); }

inline const std::string& string_of(const Value& value) { return *value.get_ptr<const std::string*>(); }

inline bool is_text(const Value& value, std::string_view text) {
  return value.is_string() && string_of(value) == text;
}

inline const Value::array_t& array_of(const Value& value) { return *value.get_ptr<const Value::array_t*>(); }

inline const Value::object_t& object_of(const Value& value) {
  return *value.get_ptr<const Value::object_t*>();
}

/// The decimal digits of an integer beyond 64 bits, with its sign.
inline std::string_view big_integer_text(const Value& value) {
  const auto& bytes = value.get_binary();
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

/// The member of an object, or null where the key is absent or the value is no object.
inline const Value* member(const Value* value, std::string_view key) {
  return value != nullptr && value->is_object() ? object_of(*value).value_of(key) : nullptr;
}

/// The text of a string member, or an empty string where there is none.
inline std::string string_member(const Value& object, std::string_view key) {
  const Value* value = member(&object, key);
  return value != nullptr && value->is_string() ? string_of(*value) : std::string();
}

}  // namespace stactask::json
