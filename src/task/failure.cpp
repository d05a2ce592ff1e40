#include "task/failure.hpp"

#include <array>

#include "json/join.hpp"
#include "json/positions.hpp"

namespace stactask::task {

bool fail(Failure& failure, std::string_view type, std::initializer_list<std::string_view> message) {
  failure.type = type;
  failure.message = json::join(message);
  return false;
}

void write_failure(json::Writer& writer, const Failure& failure) {
  writer.begin_object();
  writer.key("type").string(failure.type);
  writer.key("message").string(failure.message);
  if (!failure.pointer.empty()) writer.key("pointer").string(failure.pointer);
  if (failure.offset) {
    const std::array<std::size_t, 1> offsets{*failure.offset};
    writer.key("offset").number(json::positions_of(failure.expression, offsets).front().offset);
  }
  if (failure.item) writer.key("item").number(*failure.item);
  writer.end_object();
}

std::string failed(const Failure& failure) {
  json::Writer writer;
  writer.begin_object().key("error");
  write_failure(writer, failure);
  writer.end_object();
  return writer.take();
}

}  // namespace stactask::task
