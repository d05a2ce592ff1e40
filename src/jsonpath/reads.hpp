// Which members of an item a matcher looks at.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace stactask::jsonpath {

struct Expression;

/// A member that is looked at.
struct ReadMember {
  static constexpr std::uint32_t of_item = 0xFFFFFFFF;

  std::string key;
  std::uint32_t parent = of_item;  // the index of the member that it is a member of
  bool is_whole = false;           // with all that it holds
};

/// The members stand behind those that they are in. Of an object that is not `is_whole`, its members in this
/// list are looked at and no others; it may have none of them. What is no object is looked at as it is.
struct Reads {
  bool is_everything = false;  // the whole item; the list is empty
  std::vector<ReadMember> members;
};

/// What `match` looks at. An item without everything else, its members in their order, has the same outcome,
/// and the same error, but for BudgetError.
Reads reads_of(const Expression& expression);

}  // namespace stactask::jsonpath
