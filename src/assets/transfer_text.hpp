// Transfers and what comes and goes with them, as JSON.
#pragma once

#include <string_view>

#include "assets/transfer.hpp"
#include "json/value.hpp"
#include "json/writer.hpp"

namespace stactask::assets {

/// A member that is a number, without its fraction. Nothing where it is none, or negative.
std::optional<Bytes> number_of(const json::Value& object, std::string_view key);

/// A member that is a number from 0 to 1; 1 where it is anything else.
double fraction_of(const json::Value& object, std::string_view key);

bool is_true(const json::Value& object, std::string_view key);
bool is_false(const json::Value& object, std::string_view key);

/// A state that this has written, or the settings that a transfer begins with.
Transfer read_transfer(const json::Value& state);

/// `{"state": {…}, "action": {"do": …}}`.
std::string written(const Transfer& transfer, const Action& action);

}  // namespace stactask::assets
