#include "assets/members.hpp"

namespace stactask::assets {

using json::member;
using json::Value;

std::string_view text_member(const Value& object, std::string_view key) {
  const Value* value = member(&object, key);
  return value != nullptr && value->is_string() ? std::string_view(json::string_of(*value))
                                                : std::string_view();
}

// A number, or -1.
static double number_of(const Value* value) {
  return value != nullptr && value->is_number() ? value->get<double>() : -1;
}

Bytes number_member(const Value& object, std::string_view key) {
  constexpr double most = 9007199254740992;  // 2^53
  const double number = number_of(member(&object, key));
  return number >= 0 && number <= most ? static_cast<Bytes>(number) : unknown;
}

double fraction_member(const Value& object, std::string_view key) {
  const double number = number_of(member(&object, key));
  return number >= 0 && number <= 1 ? number : 1;
}

bool is_flag(const Value& object, std::string_view key, bool flag) {
  const Value* value = member(&object, key);
  return value != nullptr && value->is_boolean() && value->get<bool>() == flag;
}

const Value* list_member(const Value& object, std::string_view key) {
  const Value* list = member(&object, key);
  return list != nullptr && list->is_array() && !list->empty() ? list : nullptr;
}

void write_text(json::Writer& writer, std::string_view key, std::string_view text) {
  writer.key(key);
  if (text.empty()) {
    writer.null();
  } else {
    writer.string(text);
  }
}

void write_number(json::Writer& writer, std::string_view key, Bytes number) {
  writer.key(key).raw(number == unknown ? "null" : std::to_string(number));
}

}  // namespace stactask::assets
