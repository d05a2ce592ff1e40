// Payloads inside the events of AWS.
#pragma once

#include <string>
#include <string_view>

namespace stactask::cirrus {

/// Finds the one payload that an event brings: alone, or in a message of SNS, of SQS, of SNS by way of SQS,
/// or as the address that Batch hands on (cirrus: extract_record, CirrusPayload.from_event). `text` is the
/// event, followed by `json::text_padding` zero bytes.
///
/// `{"path": ["/Records/0/body", "/Message", ""], "url": "/url"}`: pointers, each but the last to a string
/// whose text is JSON, in which the next one points; the last is that of the payload. `url`, in the same
/// text, is that of the address from which the payload is to be read, where there is one.
///
/// `{"error": {"type", "message"}}` where Python raises. Of what is no JSON the report of
/// `payload::check_syntax`, and for a message inside the event `"pointer"`, where it stands.
std::string unwrap_event(std::string_view text, bool is_bytes);

}  // namespace stactask::cirrus
