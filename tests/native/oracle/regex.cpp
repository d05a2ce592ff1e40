#include "regex/regex.hpp"
#include "engines.hpp"
#include "json/writer.hpp"

namespace stactask::oracle {

namespace {

void write_error(json::Writer& writer, const regex::Error& error) {
  writer.key("error").begin_object();
  writer.key("type").string(error.type);
  writer.key("message").string(error.message);
  writer.key("offset").number(error.offset).end_object();
}

void write_search(json::Writer& writer, const regex::Pattern& pattern, std::string_view text) {
  std::vector<regex::Span> groups;
  std::uint32_t steps = regex::default_steps;
  const regex::Outcome outcome = regex::search(pattern, text, 0, groups, steps);
  writer.key("steps").number(regex::default_steps - steps);
  writer.key("search");
  if (outcome == regex::Outcome::no_match) {
    writer.null();
  } else if (outcome == regex::Outcome::out_of_budget) {
    writer.string("out of budget");
  } else {
    writer.begin_array();
    for (const regex::Span& span : groups) {
      if (span.is_set()) {
        writer.begin_array().number(span.start).number(span.end).end_array();
      } else {
        writer.null();
      }
    }
    writer.end_array();
  }
}

void write_substitute(json::Writer& writer, const regex::Pattern& pattern, const std::string& replacement,
                      std::string_view text) {
  std::string out;
  regex::Error error;
  std::uint32_t steps = regex::default_steps;
  const regex::Outcome outcome = regex::substitute(pattern, replacement, text, out, error, steps);
  writer.key("sub").begin_object();
  if (!error.message.empty()) {
    write_error(writer, error);
  } else {
    writer.key("text").string(outcome == regex::Outcome::out_of_budget ? "out of budget" : out);
  }
  writer.end_object();
}

}  // namespace

std::string answer_regex(const json::Value& question) {
  const std::string text = json::string_member(question, "text");
  regex::Error error;
  const std::optional<regex::Pattern> pattern =
      regex::compile(json::string_member(question, "pattern"), error);
  json::Writer writer;
  writer.begin_object();
  if (!pattern) {
    write_error(writer, error);
  } else {
    write_search(writer, *pattern, text);
    if (const json::Value* replacement = json::member(&question, "replacement")) {
      write_substitute(writer, *pattern, json::string_of(*replacement), text);
    }
  }
  return writer.end_object().take();
}

}  // namespace stactask::oracle
