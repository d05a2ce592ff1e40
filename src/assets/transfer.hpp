// One transfer, decided step by step: the host does what it is told, and tells what happened.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "assets/error.hpp"
#include "assets/members.hpp"
#include "json/value.hpp"

namespace stactask::assets {

/// What is known of a transfer between two steps. Its texts are those of the JSON that it was read from.
struct Transfer {
  // Settings.
  Bytes max_attempts = 10;
  Bytes size = unknown;  // file:size
  bool overwrite = false;
  bool assert_type = false;
  bool resume = true;           // becomes false once a server has answered a range with something else
  bool check_existing = false;  // whether a file that is there is skipped only if its checksum is right
  bool probe = false;           // whether there is such a file is all that is asked
  std::string_view client;      // as of Target
  std::string_view type;        // the media type that is expected; may be empty
  std::string_view algorithm;   // of file:checksum; may be empty
  std::string_view digest;

  // Progress.
  Bytes failures = 0;          // attempts that count
  Bytes received = 0;          // what the part has, and the next request goes on from
  Bytes total = unknown;       // length of the whole file
  bool is_resumed = false;     // what the part has comes from several responses
  bool has_restarted = false;  // once, since resumed bytes were wrong
  bool has_warned = false;     // of the content type
  bool is_checking = false;    // the file that is there is being verified
  bool asks_byte = false;      // probe: HEAD was refused
  std::string_view etag;       // validators of the part: strong ones, or empty
  std::string_view last_modified;
};

/// What to do next.
struct Action {
  enum class Kind : std::uint8_t { skip, request, read, wait, verify, finish, fail, found };
  Kind kind;
  bool discard = false;      // wait, fail: throw the part away first
  Bytes milliseconds = 0;    // wait
  std::string warning = {};  // read, found
  Error error = {};          // fail
};

/// A retry waits 0.1 s, doubled with each failure up to 30 s, of which the second half is random; or as long
/// as the server asks for, up to 300 s.
///
/// Every failed attempt counts, but for one that brought at least a MiB that can be kept.
///
/// `verify` is first of all about the file that is there, if it is to be checked. The answer is `skip` or
/// `request`: then it begins as if there were none.
///
/// A probe asks with HEAD, and for one byte where a server does not allow that. It ends with `found`.
Action next_action(Transfer& transfer, const json::Value& event);

}  // namespace stactask::assets
