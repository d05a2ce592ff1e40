// Transfers and what comes and goes with them, as JSON.
#pragma once

#include <string_view>

#include "assets/transfer.hpp"
#include "json/value.hpp"
#include "json/writer.hpp"

namespace stactask::assets {

/// A state that this has written, or the settings that a transfer begins with.
Transfer read_transfer(const json::Value& state);

/// `{"state": {…}, "action": {"do": …}}`.
std::string written(const Transfer& transfer, const Action& action);

}  // namespace stactask::assets
