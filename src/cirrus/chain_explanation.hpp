// What would be queued after a payload, and what would become of it.
#pragma once

#include <cstddef>
#include <string_view>

#include "json/writer.hpp"

namespace stactask::cirrus {

/// Payloads that are explained at most.
inline constexpr std::size_t max_explained = 100;

/// Write the value of `chain` (js/explain.js: ChainExplanation). `text` is a payload that stac-task takes,
/// followed by `json::text_padding` zero bytes. Of each link at most `max_items` items are named, and nothing
/// more once the writer has `max_answer` bytes.
void explain_chain(json::Writer& writer, std::string_view text, std::size_t max_items,
                   std::size_t max_answer);

}  // namespace stactask::cirrus
