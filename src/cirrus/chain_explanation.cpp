#include "cirrus/chain_explanation.hpp"

#include <optional>
#include <string>
#include <vector>

#include "cirrus/chain.hpp"
#include "cirrus/encoded_length.hpp"
#include "cirrus/payload_id.hpp"
#include "json/dump.hpp"
#include "json/join.hpp"
#include "json/lanes.hpp"
#include "json/pointer.hpp"
#include "json/python_text.hpp"
#include "payload/cirrus_profile.hpp"
#include "payload/report.hpp"
#include "task/collections.hpp"
#include "task/matching_explanation.hpp"

namespace stactask::cirrus {

using json::Value;
using json::Writer;
using jsonpath::Results;
using task::Failure;

namespace {

constexpr std::string_view features_pointer = "/features/";

// `python` is null where Python says nothing.
void write_problem(Writer& writer, std::string_view code, std::string_view severity, std::string_view message,
                   const Failure* python) {
  writer.begin_object();
  writer.key("code").string(code);
  writer.key("severity").string(severity);
  writer.key("message").string(message);
  if (python != nullptr) {
    writer.key("python");
    task::write_failure(writer, *python);
  }
  writer.end_object();
}

void write_too_long(Writer& writer, std::size_t length) {
  if (length <= max_encoded_length) return;
  write_problem(writer, "cirrus-payload-size", "warning",
                json::join({"it has ", std::to_string(length), " characters, more than ",
                            std::to_string(max_encoded_length),
                            ": it goes by way of a payload bucket, as its address"}),
                nullptr);
}

// What CirrusPayload.validate raises, all of it, or the first alone.
void write_errors(Writer& writer, const payload::Document& document, bool only_first) {
  payload::Findings findings(false);
  payload::validate(document.payload, findings);
  payload::validate_for_cirrus(document, findings);
  for (const payload::Finding& finding : findings.kept()) {
    if (payload::rule_of(finding.code).severity != payload::Severity::error) continue;
    writer.begin_object();
    payload::write_issue_members(writer, finding);
    writer.end_object();
    if (only_first) return;
  }
}

void write_text(Writer& writer, std::string_view key, const Value* text) {
  writer.key(key);
  task::write_name(writer, text == nullptr ? Value() : *text);
}

class Explanation {
 public:
  Explanation(Writer& writer, std::string_view text, std::size_t max_items, std::size_t max_answer)
      : writer_(writer), chain_(text), max_items_(max_items), max_answer_(max_answer) {
    write_itself(text);
  }

  void write_links() {
    const std::vector<Link>& links = chain_.links();
    writer_.key("next").begin_array();
    std::size_t count = 0;
    for (const Link& link : links) {
      if (count == max_explained || writer_.size() > max_answer_ || bytes_ > Chain::max_bytes) break;
      ++count;
      if (!write_link(link)) break;
    }
    writer_.end_array();
    if (count < links.size()) writer_.key("omitted").number(links.size() - count);
    if (chain_.failure()) {
      writer_.key("error");
      task::write_failure(writer_, *chain_.failure());
    }
  }

 private:
  // The payload that comes before.
  void write_itself(std::string_view text) {
    payload::Document document;
    payload::read_document(text, payload::Reading::process, document);
    const Value* id = json::member(&document.root, "id");
    if (id != nullptr && id->is_string()) ids_.push_back(json::string_of(*id));
    const std::size_t length = encoded_length(text);
    write_text(writer_, "id", id);
    writer_.key("length").number(length);
    writer_.key("maxLength").number(max_encoded_length);
    writer_.key("problems").begin_array();
    write_errors(writer_, document, false);
    write_too_long(writer_, length);
    writer_.end_array();
  }

  // False where Python raises, and comes to none of those behind.
  bool write_link(const Link& link) {
    writer_.begin_object();
    writer_.key("pointer").string(link.pointer);
    write_text(writer_, "workflow", json::member(link.definition, "workflow"));
    if (link.filter) writer_.key("filter").string(*link.filter);
    Failure failure;
    if (link.failure) failure = *link.failure;
    Results found;
    const bool is_queued = !link.failure && (!link.filter || chain_.select(link, found, failure));
    if (is_queued) {
      write_items(link, found);
      write_outcome(chain_.payload(link), link.filter ? &found : nullptr);
    } else {
      writer_.key("error");
      task::write_failure(writer_, failure);
    }
    writer_.end_object();
    return is_queued;
  }

  // The items that go on, and why the others do not.
  void write_items(const Link& link, const Results& found) {
    const Value* features = json::member(&chain_.payload(link), "features");
    const Value none = json::empty_container(false);
    const bool is_list = features != nullptr && features->is_array();
    const auto& items = json::array_of(is_list ? *features : none);
    std::string goes_on(items.size(), link.filter ? '\0' : '\1');
    for (std::size_t i = 0; i < found.size(); ++i) keep(found.pointer(i), goes_on);
    writer_.key("items").number(link.filter ? found.size() : goes_on.size());
    writer_.key("kept").begin_array();
    std::size_t left = max_items_;
    std::size_t dropped = goes_on.size();
    for (std::size_t i = 0; i < goes_on.size(); ++i) {
      if (goes_on[i] == 0) continue;
      --dropped;
      if (left == 0 || writer_.size() > max_answer_) continue;
      --left;
      begin_item(i, items[i]);
      writer_.end_object();
    }
    writer_.end_array();
    writer_.key("dropped").number(dropped);
    writer_.key("why").begin_array();
    left = max_items_;
    for (std::size_t i = 0; i < goes_on.size(); ++i) {
      if (goes_on[i] != 0 || left == 0 || writer_.size() > max_answer_) continue;
      --left;
      write_dropped(link, i, items[i]);
    }
    writer_.end_array();
  }

  static void keep(const std::optional<std::string>& pointer, std::string& goes_on) {
    if (!pointer || !pointer->starts_with(features_pointer)) return;
    std::size_t index = 0;
    for (const char c : std::string_view(*pointer).substr(features_pointer.size())) {
      if (c < '0' || c > '9') return;
      index = index * 10 + static_cast<std::size_t>(c - '0');
    }
    if (index < goes_on.size()) goes_on[index] = 1;
  }

  void begin_item(std::size_t index, const Value& item) {
    writer_.begin_object();
    writer_.key("index").number(index);
    write_text(writer_, "id", json::member(&item, "id"));
  }

  // An item alone, held against the filter alone: what a person means by it.
  void write_dropped(const Link& link, std::size_t index, const Value& item) {
    begin_item(index, item);
    jsonpath::Error error;
    jsonpath::Expression* expression =
        jsonpath::shared_cache.get(json::join({"$[?(", *link.filter, ")]"}), error);
    const bool is_explained =
        expression != nullptr && task::explain_expression(writer_, *expression, item, error);
    if (!is_explained) writer_.key("reason").string(error.message).key("tests").begin_array().end_array();
    writer_.end_object();
  }

  // What becomes of the payload once it comes out of the queue: Cirrus gives it an id, and validates it.
  void write_outcome(const Value& next, const Results* found) {
    write_payload(next, found);
    Failure failure;
    std::string id;
    const bool has_id = make_payload_id(text(), id, failure);
    if (has_id) add_id(id);
    const std::size_t length = encoded_length(text());
    bytes_ += text().size();
    writer_.key("id");
    if (has_id) {
      writer_.string(id);
    } else {
      writer_.null();
    }
    writer_.key("length").number(length);
    writer_.key("problems").begin_array();
    if (has_id) {
      payload::Document document;
      payload::read_document(text(), payload::Reading::process, document);
      write_errors(writer_, document, true);
      write_same_id(id);
    } else {
      write_no_id(failure);
    }
    write_too_long(writer_, length);
    writer_.end_array();
  }

  void write_no_id(const Failure& failure) {
    const bool has_none = failure.message.find("'features'") != std::string::npos;
    write_problem(writer_, has_none ? "chain-no-items" : "chain-no-id", "error",
                  has_none ? "no item goes on: Cirrus queues the payload, and then refuses it"
                           : "Cirrus queues the payload, and then finds no id for it",
                  &failure);
  }

  void write_same_id(const std::string& id) {
    for (const std::string& other : ids_) {
      if (other != id) continue;
      return write_problem(writer_, "chain-same-id", "error",
                           "another payload of this chain has the same id: Cirrus takes one of them for a "
                           "duplicate and drops it",
                           nullptr);
    }
    ids_.push_back(id);
  }

  // The payload's text, as Python's json.dumps would write it but for blanks.
  void write_payload(const Value& next, const Results* found) {
    buffer_ = "{";
    for (const auto& [key, value] : json::object_of(next)) {
      if (key == "features" && found != nullptr) continue;
      begin_member(key);
      json::append_json(buffer_, value);
    }
    if (found != nullptr) {
      begin_member("features");
      buffer_.push_back('[');
      for (std::size_t i = 0; i < found->size(); ++i) {
        if (i != 0) buffer_.push_back(',');
        jsonpath::append_json(buffer_, (*found)[i]);
      }
      buffer_.push_back(']');
    }
    end_payload();
  }

  void begin_member(std::string_view key) {
    if (buffer_.size() > 1) buffer_.push_back(',');
    json::write_string(buffer_, key);
    buffer_.push_back(':');
  }

  void end_payload() {
    buffer_.push_back('}');
    buffer_.append(json::text_padding, '\0');
  }

  void add_id(const std::string& id) {
    buffer_.resize(buffer_.size() - json::text_padding - 1);
    begin_member("id");
    json::write_string(buffer_, id);
    end_payload();
  }

  [[nodiscard]] std::string_view text() const {
    return std::string_view(buffer_).substr(0, buffer_.size() - json::text_padding);
  }

  Writer& writer_;
  Chain chain_;
  std::size_t max_items_;
  std::size_t max_answer_;
  std::string buffer_;            // the payload that is explained, with its padding
  std::size_t bytes_ = 0;         // of all that were
  std::vector<std::string> ids_;  // of those that came before
};

}  // namespace

void explain_chain(Writer& writer, std::string_view text, std::size_t max_items, std::size_t max_answer) {
  writer.begin_object();
  Explanation(writer, text, max_items, max_answer).write_links();
  writer.end_object();
}

}  // namespace stactask::cirrus
