#include "cirrus/payload_id.hpp"

#include <string>

#include "json/join.hpp"

namespace stactask::cirrus {

namespace {

constexpr std::string_view separator = "/workflow-";

}  // namespace

bool is_payload_id(std::string_view id) {
  // `.` takes no line break; `[^/]` does.
  const std::size_t line_end = id.find('\n');
  for (std::size_t at = id.find(separator, 1); at != std::string_view::npos && at <= line_end;
       at = id.find(separator, at + 1)) {
    const std::size_t name = at + separator.size();
    const std::size_t end = id.find('/', name);
    if (end == std::string_view::npos) return false;
    if (end > name && end + 1 < id.size() && id[end + 1] != '\n') return true;
  }
  return false;
}

bool names_workflow(std::string_view id, std::string_view workflow) {
  return id.find(json::join({separator, workflow, "/"}), 1) != std::string_view::npos;
}

}  // namespace stactask::cirrus
