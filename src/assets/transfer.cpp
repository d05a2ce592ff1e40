#include "assets/transfer.hpp"

#include <algorithm>

#include "assets/headers.hpp"
#include "assets/media_type.hpp"
#include "json/join.hpp"
#include "json/python_text.hpp"

namespace stactask::assets {

using json::member;
using json::Value;
using Kind = Action::Kind;

namespace {

constexpr Bytes first_delay = 100;  // milliseconds, as all times here
constexpr Bytes max_delay = 30'000;
constexpr Bytes max_asked_delay = 300'000;
constexpr Bytes progress = 1U << 20;  // so much in one attempt, and it is no failed one

bool can_resume(const Transfer& transfer) {
  return transfer.resume && !(transfer.etag.empty() && transfer.last_modified.empty());
}

void start_over(Transfer& transfer) {
  transfer.received = 0;
  transfer.is_resumed = false;
  transfer.total = unknown;
  transfer.etag = {};
  transfer.last_modified = {};
}

Action failed(Error error, bool discard = true) {
  return {.kind = Kind::fail, .discard = discard, .error = std::move(error)};
}

Bytes delay(const Transfer& transfer, const Value& event) {
  Bytes whole = first_delay;
  for (Bytes i = 1; i < transfer.failures && whole < max_delay; ++i) whole *= 2;
  const Bytes half = std::min(whole, max_delay) / 2;
  return half + static_cast<Bytes>(static_cast<double>(half) * fraction_member(event, "random"));
}

// Another attempt, or the end. Of the part, `kept` bytes are of use. `wait` is as long as the server asks
// for.
Action retry(Transfer& transfer, const Value& event, Bytes kept, Error error, Bytes wait = unknown) {
  const bool has_progress = kept >= transfer.received + progress;
  if (!has_progress) ++transfer.failures;
  const bool discard = kept == 0;
  if (transfer.failures >= transfer.max_attempts) return failed(std::move(error), discard);
  if (discard) start_over(transfer);
  transfer.received = kept;
  if (wait == unknown) wait = delay(transfer, event);
  return {.kind = Kind::wait, .discard = discard, .milliseconds = wait};
}

// The part is of no use, and the server's ranges are not either.
Action retry_whole(Transfer& transfer, const Value& event, std::string_view message) {
  transfer.resume = false;
  return retry(transfer, event, 0, {"ClientPayloadError", "ERR_INCOMPLETE_BODY", std::string(message)});
}

// Bytes that are wrong. Where they come from several responses, they may be right the second time.
Action wrong(Transfer& transfer, const Value& event, Error error) {
  if (!transfer.is_resumed || transfer.has_restarted) return failed(std::move(error));
  transfer.has_restarted = true;
  transfer.resume = false;
  start_over(transfer);
  return {.kind = Kind::wait, .discard = true, .milliseconds = delay(transfer, event)};
}

Error size_error(Bytes actual, Bytes expected) {
  return {"ValueError", "ERR_SIZE_MISMATCH",
          json::join({"the size does not match: actual=", std::to_string(actual),
                      ", expected=", std::to_string(expected)})};
}

Action compare_size(Transfer& transfer, const Value& event) {
  const Bytes expected = transfer.size != unknown ? transfer.size : transfer.total;
  if (expected != unknown && expected != transfer.received) {
    return wrong(transfer, event, size_error(transfer.received, expected));
  }
  return {transfer.algorithm.empty() ? Kind::finish : Kind::verify};
}

Action begin(Transfer& transfer, const Value& event) {
  const Bytes exists = number_member(event, "exists");
  const bool fits_size = transfer.size == unknown || exists == transfer.size;
  if (exists != unknown && fits_size && !transfer.overwrite) {
    transfer.is_checking = transfer.check_existing && !transfer.algorithm.empty();
    return {transfer.is_checking ? Kind::verify : Kind::skip};
  }
  const Value* part = member(&event, "part");
  const Bytes size = part == nullptr ? unknown : number_member(*part, "size");
  if (size == unknown || size == 0) return {Kind::request};
  transfer.received = size;
  transfer.etag = text_member(*part, "etag");
  transfer.last_modified = text_member(*part, "lastModified");
  transfer.total = number_member(*part, "total");
  transfer.is_resumed = true;
  if (!can_resume(transfer) || size > transfer.total) start_over(transfer);
  return {Kind::request};
}

bool is_temporary(Bytes status) {
  return status == 408 || status == 425 || status == 429 ||
         (status >= 500 && status < 600 && status != 501 && status != 505);
}

// aiohttp/client_exceptions.py: ClientResponseError, without the address.
Action refused(Transfer& transfer, const Value& event, const Headers& headers, Bytes status) {
  const std::string reason = json::python_string_repr(text_member(event, "statusText"));
  Error error{"ClientResponseError",
              "ERR_HTTP_STATUS",
              json::join({std::to_string(status), ", message=", reason}),
              {},
              status};
  if (!is_temporary(status)) return failed(std::move(error));
  const Bytes wait = headers.retry_after(number_member(event, "now"));
  const Bytes kept = can_resume(transfer) ? transfer.received : 0;
  if (wait != unknown && wait > max_asked_delay) {
    error.hint = "The server asks to wait for more than 300 seconds.";
    return failed(std::move(error), kept == 0);
  }
  return retry(transfer, event, kept, std::move(error), wait);
}

// Whether the part is of another version of the file than the response. A server that knows no If-Range sends
// a range all the same.
bool is_other_version(const Transfer& transfer, const Headers& headers) {
  const std::string_view etag = headers.get("etag");
  if (!transfer.etag.empty() && !etag.empty()) return etag != transfer.etag;
  const std::string_view date = headers.get("last-modified");
  return !transfer.last_modified.empty() && !date.empty() && date != transfer.last_modified;
}

// Takes over what the response says of the file. False where it contradicts what is known.
bool describe(Transfer& transfer, const Headers& headers, Bytes total) {
  if (transfer.received == 0) {
    transfer.total = total;
    if (!headers.is_plain() || headers.get("accept-ranges") == "none") return true;
    transfer.etag = headers.strong_etag();
    transfer.last_modified = headers.strong_date();
    return true;
  }
  if (is_other_version(transfer, headers)) return false;
  if (transfer.total == unknown) transfer.total = total;
  return headers.is_plain() && (total == unknown || total == transfer.total);
}

// stac_asset/http_client.py: HttpClient.open_url, and S3Client's, which compares the header as it is. Empty
// where nothing is wrong.
std::string type_mismatch(const Transfer& transfer, const Headers& headers) {
  const std::string_view header = headers.get("content-type");
  const std::string actual =
      transfer.client == "s3" && !header.empty() ? std::string(header) : media_type_of(header);
  if (transfer.type.empty() || fits(actual, transfer.type)) return {};
  return json::join(
      {"the actual content type does not match the expected: actual=", actual, ", expected=", transfer.type});
}

Action read_body(Transfer& transfer, const Headers& headers) {
  Action action{Kind::read};
  if (transfer.size != unknown && transfer.total != unknown && transfer.size != transfer.total) {
    return failed(size_error(transfer.total, transfer.size));
  }
  if (transfer.has_warned) return action;
  action.warning = type_mismatch(transfer, headers);
  if (action.warning.empty()) return action;
  if (transfer.assert_type)
    return failed({"ContentTypeError", "ERR_CONTENT_TYPE", std::move(action.warning)});
  transfer.has_warned = true;
  return action;
}

Action partial_content(Transfer& transfer, const Value& event, const Headers& headers) {
  const ContentRange range = read_content_range(headers.get("content-range"));
  if (range.first != transfer.received || !describe(transfer, headers, range.total)) {
    return retry_whole(transfer, event, "the server has sent another range than it was asked for");
  }
  transfer.is_resumed = transfer.received != 0;
  return read_body(transfer, headers);
}

Bytes content_length(const Value& event, const Headers& headers) {
  const bool is_sure = headers.is_plain() && !is_flag(event, "trustLength", false);
  return is_sure ? read_bytes(headers.get("content-length")) : unknown;
}

Action full_content(Transfer& transfer, const Value& event, const Headers& headers) {
  start_over(transfer);
  describe(transfer, headers, content_length(event, headers));
  return read_body(transfer, headers);
}

Action range_not_satisfiable(Transfer& transfer, const Value& event, const Headers& headers) {
  const Bytes total = read_content_range(headers.get("content-range")).total;
  const bool is_same = (total == unknown || total == transfer.total) && !is_other_version(transfer, headers);
  if (is_same && transfer.received == transfer.total) return compare_size(transfer, event);
  return retry_whole(transfer, event, "the server does not have the range that it was asked for");
}

// Who refuses to say whether there is a file may still give it.
bool may_refuse_head(Bytes status) { return status == 403 || status == 405 || status == 501; }

Action probed(Transfer& transfer, const Value& event, const Headers& headers, Bytes status) {
  if (!transfer.asks_byte && may_refuse_head(status)) {
    transfer.asks_byte = true;
    return {Kind::request};
  }
  // A file without bytes has no first one.
  const bool is_range = status == 206 || status == 416;
  if (!is_range && (status < 200 || status >= 300)) return refused(transfer, event, headers, status);
  transfer.total =
      is_range ? read_content_range(headers.get("content-range")).total : content_length(event, headers);
  return {.kind = Kind::found, .warning = type_mismatch(transfer, headers)};
}

Action response(Transfer& transfer, const Value& event) {
  const Bytes status = number_member(event, "status");
  const Headers headers(member(&event, "headers"));
  if (transfer.probe) return probed(transfer, event, headers, status);
  // Who was not asked for a range and does not say which he sends, sends all.
  const bool is_range = transfer.received != 0 || !headers.get("content-range").empty();
  if (status == 206 && is_range) return partial_content(transfer, event, headers);
  if (status == 416 && transfer.received != 0) return range_not_satisfiable(transfer, event, headers);
  if (status < 200 || status >= 300) return refused(transfer, event, headers, status);
  return full_content(transfer, event, headers);
}

bool can_keep(const Transfer& transfer, const Value& event) {
  return can_resume(transfer) && !is_flag(event, "canKeep", false);
}

Action interrupted(Transfer& transfer, const Value& event, Error error) {
  const Bytes received = number_member(event, "received");
  const bool is_kept = received != unknown && received <= transfer.total && can_keep(transfer, event);
  return retry(transfer, event, is_kept ? received : 0, std::move(error));
}

Action broken(Transfer& transfer, const Value& event) {
  const std::string_view why = text_member(event, "why");
  Error error{"ClientError", "ERR_NETWORK", std::string(text_member(event, "message"))};
  if (why == "timeout") {
    // The time for the whole transfer is over.
    error.type = "TimeoutError";
    error.code = "ERR_TIMEOUT";
    return failed(std::move(error), !can_keep(transfer, event));
  }
  if (why == "stalled") {
    error.type = "ServerTimeoutError";
    error.code = "ERR_STALLED";
  }
  return interrupted(transfer, event, std::move(error));
}

Action ended(Transfer& transfer, const Value& event) {
  const Bytes received = number_member(event, "received");
  if (transfer.total != unknown && received < transfer.total) {
    return interrupted(transfer, event,
                       {"ClientPayloadError", "ERR_INCOMPLETE_BODY",
                        json::join({"the response ended after ", std::to_string(received), " of ",
                                    std::to_string(transfer.total), " bytes"})});
  }
  transfer.received = received;
  if (received > transfer.total) return wrong(transfer, event, size_error(received, transfer.total));
  return compare_size(transfer, event);
}

Action verified(Transfer& transfer, const Value& event) {
  std::string actual(text_member(event, "digest"));
  for (char& c : actual) c = c >= 'A' && c <= 'F' ? static_cast<char>(c | 0x20) : c;
  const bool is_right = actual == transfer.digest && !actual.empty();
  if (transfer.is_checking) {
    transfer.is_checking = false;
    return {is_right ? Kind::skip : Kind::request};
  }
  if (is_right) return {Kind::finish};
  return wrong(transfer, event,
               {"ValueError", "ERR_CHECKSUM",
                json::join({"the checksum does not match: algorithm=", transfer.algorithm,
                            ", actual=", actual, ", expected=", transfer.digest})});
}

}  // namespace

Action next_action(Transfer& transfer, const Value& event) {
  const std::string_view what = text_member(event, "is");
  if (what == "begin") return begin(transfer, event);
  if (what == "response") return response(transfer, event);
  if (what == "failed") return broken(transfer, event);
  if (what == "ended") return ended(transfer, event);
  if (what == "verified") return verified(transfer, event);
  if (what == "waited") return {Kind::request};
  return failed(
      {"ValueError", "ERR_INVALID_CALL", json::join({"there is no event ", json::python_string_repr(what)})},
      false);
}

}  // namespace stactask::assets
