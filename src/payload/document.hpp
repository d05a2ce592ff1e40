// A payload's text, read as far as checking looks at it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "json/reader.hpp"
#include "json/scanner.hpp"
#include "json/value.hpp"
#include "payload/accessors.hpp"
#include "payload/clean_processes.hpp"

namespace stactask::payload {

/// Where features and their members stand, so that some can be read without scanning the others again.
struct FeatureIndex {
  static constexpr std::size_t max_members = 1 << 20;

  struct Feature {
    std::size_t offset;
    std::size_t members_end;  // in `members`; they begin where those of the feature before end
  };
  std::vector<Feature> features;
  std::vector<json::MemberPlace> members;  // of an object; other features have none
  bool is_full = false;                    // there are more members: not all features are here
};

/// What a document is read for.
enum class Reading : std::uint8_t {
  process,  // of features nothing but the grammar
  index,    // where the members of features stand, too
  lint,     // keys of features are looked at, and a `process` that is known to be clean is passed over
};

struct Document {
  Payload payload;
  std::optional<json::SyntaxError> syntax_error;
  bool root_is_object = false;
  json::DuplicateKeys duplicates;      // at the root, in `process` and atop each feature
  std::vector<json::Oddity> oddities;  // anywhere
  std::size_t oddity_count = 0;
  FeatureIndex index;
  std::size_t features_offset = 0;  // of the value of `features`, in bytes; 0 where there is none
  json::ByteRange process_range;    // of the value of `process`, in bytes; empty where there is none
  // Set where `process` was passed over, because nothing was found in the same text before.
  const CleanProcess* clean_process = nullptr;

  // The root: of an object its members, but of `process` and `features` null and of other containers empty
  // ones.
  json::Value root;
  // What `payload` points into.
  json::Value process;
  json::Value features;  // of a list an empty one: its elements are checked for grammar only
};

/// Check all of the text's grammar and read what matters. `text` must be followed by
/// `json::text_padding` bytes, zeros.
void read_document(std::string_view text, Reading reading, Document& document);

/// Read the `process` that was passed over, after all.
void read_process(std::string_view text, Document& document);

}  // namespace stactask::payload
