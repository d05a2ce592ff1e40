#include "cirrus/event.hpp"

#include <algorithm>

#include <forward_list>
#include <vector>

#include "cirrus/python_in.hpp"
#include "json/join.hpp"
#include "json/python_text.hpp"
#include "json/reader.hpp"
#include "payload/check.hpp"

namespace stactask::cirrus {

using json::Scanner;
using json::Value;

namespace {

constexpr std::size_t nowhere = static_cast<std::size_t>(-1);

class Event {
 public:
  explicit Event(std::string_view text) : text_(text) {}

  std::string unwrap() {
    if (extract_all() && check_count() && check_kind()) return write();
    return syntax_report_.empty() ? task::failed(failure_) : std::move(syntax_report_);
  }

 private:
  [[nodiscard]] Scanner at(std::size_t offset) const {
    Scanner scanner(text_, 0);
    scanner.seek(offset);
    return scanner;
  }
  [[nodiscard]] json::Byte first_of(std::size_t offset) const { return at(offset).peek(); }

  [[nodiscard]] Value value_at(std::size_t offset) const {
    Scanner scanner = at(offset);
    Value value;
    json::DuplicateKeys duplicates;
    json::read_value(scanner, value, duplicates);
    return value;
  }

  // As the failure of a value of this type.
  bool fail(std::string_view type, std::string_view before, const Value& value, std::string_view after) {
    return task::fail(failure_, type, {before, json::python_type_name(value), after});
  }

  // Python: where `value[key]` is, if `key in value`. Of equal keys the last one.
  bool find(std::size_t value, std::string_view key, std::size_t& out) {
    out = nowhere;
    Scanner scanner = at(value);
    if (scanner.peek() != '{') {
      const Value* ignored = nullptr;
      return python_member(value_at(value), key, ignored, failure_);
    }
    return scanner.object([&](const json::StringSpan& name) {
      const bool is_it = name.escaped ? json::decode_string(name) == key : name.raw == key;
      if (is_it) out = scanner.offset();
      return scanner.skip_value();
    });
  }

  // Python: json.loads of a string, in whose text we are then.
  bool parse(std::size_t message, std::string_view key) {
    Scanner scanner = at(message);
    if (scanner.peek() != '"') {
      return fail("TypeError", "the JSON object must be str, bytes or bytearray, not ", value_at(message),
                  {});
    }
    json::StringSpan span;
    scanner.string(span);
    path_.push_back(json::join({pointer_, "/", key}));
    std::string& decoded = texts_.emplace_front(json::decode_string(span));
    const std::size_t size = decoded.size();
    decoded.append(json::text_padding, '\0');
    text_ = std::string_view(decoded).substr(0, size);
    record_ = 0;
    pointer_.clear();
    Scanner inner(text_, 0);
    if (inner.skip_value() && inner.finish()) return true;
    json::Writer report;
    report.begin_object().key("pointer").string(
        json::join({path_.front(), path_.size() > 1 ? path_[1] : ""}));
    syntax_report_ = json::join({report.take(), ",", payload::check_syntax(text_, false).substr(1)});
    return false;
  }

  // cirrus: extract_record.
  bool extract() {
    ++count_;
    path_.clear();
    std::size_t found = nowhere;
    if (!find(record_, "body", found)) return false;
    if (found != nowhere) {
      if (!parse(found, "body")) return false;
    } else {
      if (!find(record_, "Sns", found)) return false;
      if (found != nowhere) {
        record_ = found;
        pointer_ += "/Sns";
      }
    }
    if (!find(record_, "Message", found) || (found != nowhere && !parse(found, "Message"))) return false;
    url_pointer_ = json::join({pointer_, "/url"});
    if (!find(record_, "url", url_)) return false;
    if (url_ != nowhere) return true;
    url_pointer_ = json::join({pointer_, "/Parameters/url_out"});
    return find(record_, "Parameters", found) && (found == nowhere || find(found, "url_out", url_));
  }

  // cirrus: normalize_event.
  bool extract_all() {
    if (first_of(0) != '{')
      return fail("AttributeError", "'", value_at(0), "' object has no attribute 'get'");
    std::size_t records = nowhere;
    find(0, "Records", records);
    if (records == nowhere) return extract();
    Scanner scanner = at(records);
    if (scanner.peek() != '[') return count_in(value_at(records));
    const std::string_view whole = text_;
    return scanner.array([&](std::size_t index) {
      text_ = whole;
      record_ = scanner.offset();
      pointer_ = json::join({"/Records/", std::to_string(index)});
      return extract() && scanner.skip_value();
    });
  }

  // Of what should be a list Python takes the keys or the characters, none of which is a record.
  bool count_in(const Value& records) {
    if (!records.is_object() && !records.is_string()) {
      return fail("TypeError", "'", records, "' object is not iterable");
    }
    const auto is_first_byte = [](char byte) { return (static_cast<unsigned char>(byte) & 0xC0) != 0x80; };
    if (records.is_object()) {
      count_ = records.size();
    } else {
      const std::string& text = json::string_of(records);
      count_ = static_cast<std::size_t>(std::count_if(text.begin(), text.end(), is_first_byte));
    }
    return count_ != 1 || task::fail(failure_, "TypeError", {json::python_subscript_error("")});
  }

  bool check_count() {
    if (count_ == 1) return true;
    // Python hands the event over beside the text, and never puts it in.
    return task::fail(failure_, "ValueError",
                      {count_ == 0 ? "Failed to extract record: there is none in the event"
                                   : "Multiple payloads are not supported"});
  }

  // What Python raises for `record["url"]`, and for an address that is no text.
  bool check_kind() {
    if (first_of(record_) != '{') {
      return task::fail(failure_, "TypeError", {json::python_subscript_error(value_at(record_))});
    }
    if (url_ == nowhere || first_of(url_) == '"') return true;
    return fail("AttributeError", "'", value_at(url_), "' object has no attribute 'startswith'");
  }

  std::string write() {
    json::Writer writer;
    writer.begin_object().key("path").begin_array();
    for (const std::string& pointer : path_) writer.string(pointer);
    writer.string(pointer_).end_array();
    if (url_ != nowhere) writer.key("url").string(url_pointer_);
    writer.end_object();
    return writer.take();
  }

  std::size_t count_ = 0;
  // The record that was extracted last: its text, its place there, and how to come to that text.
  std::string_view text_;
  std::size_t record_ = 0;
  std::string pointer_;
  std::vector<std::string> path_;
  std::size_t url_ = nowhere;
  std::string url_pointer_;
  std::forward_list<std::string> texts_;  // of messages, with their padding
  task::Failure failure_;
  std::string syntax_report_;
};

}  // namespace

std::string unwrap_event(std::string_view text, bool is_bytes) {
  if (std::string answer = payload::refuse_malformed(text, is_bytes); !answer.empty()) return answer;
  return Event(text).unwrap();
}

}  // namespace stactask::cirrus
