#include "jsonpath/read_parts.hpp"

#include <string>

#include "json/reader.hpp"

namespace stactask::jsonpath {

using json::Value;

namespace {

constexpr std::uint32_t nothing = 0xFFFFFFFE;

// The index of a member among those that are looked at.
std::uint32_t find_member(const Reads& reads, std::uint32_t parent, std::string_view key) {
  for (std::uint32_t i = 0; i < reads.members.size(); ++i) {
    if (reads.members[i].parent == parent && reads.members[i].key == key) return i;
  }
  return nothing;
}

// Recursion is as deep as the reads are, hence no deeper than expressions.
class PartsReader {
 public:
  PartsReader(json::Scanner& scanner, const Reads& reads) : scanner_(scanner), reads_(reads) {}

  bool read(std::uint32_t parent, bool is_whole, Value& out) {
    if (is_whole || scanner_.peek() != '{') return json::read_value(scanner_, out, duplicates_);
    out = json::empty_container(true);
    return scanner_.object([&](const json::StringSpan& key) {
      const ReadMember* member = find(parent, key);
      return member == nullptr ? scanner_.skip_value() : read_member(*member, out);
    });
  }

  bool read_item(std::span<const json::MemberPlace> members, Value& out) {
    out = json::empty_container(true);
    for (const json::MemberPlace& place : members) {
      const ReadMember* member = find(ReadMember::of_item, place.key);
      if (member == nullptr) continue;
      scanner_.seek(place.value);
      if (!read_member(*member, out)) return false;
    }
    return true;
  }

 private:
  [[nodiscard]] const ReadMember* find(std::uint32_t parent, const json::StringSpan& key) const {
    const std::uint32_t index = key.escaped ? find_member(reads_, parent, json::decode_string(key))
                                            : find_member(reads_, parent, key.raw);
    return index == nothing ? nullptr : &reads_.members[index];
  }

  bool read_member(const ReadMember& member, Value& object) {
    auto& members = *object.get_ptr<Value::object_t*>();
    const auto index = static_cast<std::uint32_t>(&member - reads_.members.data());
    return read(index, member.is_whole, members.emplace(member.key, nullptr).first->second);
  }

  json::Scanner& scanner_;
  const Reads& reads_;
  json::DuplicateKeys duplicates_;
};

void write_members(json::Writer& writer, const Reads& reads, std::uint32_t parent) {
  writer.begin_object();
  for (std::uint32_t i = 0; i < reads.members.size(); ++i) {
    const ReadMember& member = reads.members[i];
    if (member.parent != parent) continue;
    writer.key(member.key);
    if (member.is_whole) {
      writer.boolean(true);
    } else {
      write_members(writer, reads, i);
    }
  }
  writer.end_object();
}

}  // namespace

void add_reads(Reads& all, const Reads& more) {
  all.is_everything = all.is_everything || more.is_everything;
  std::vector<std::uint32_t> places;  // of each member of `more` in `all`
  for (const ReadMember& member : more.members) {
    const bool is_top = member.parent == ReadMember::of_item;
    const std::uint32_t parent = is_top ? ReadMember::of_item : places[member.parent];
    std::uint32_t index = find_member(all, parent, member.key);
    if (index == nothing) {
      index = static_cast<std::uint32_t>(all.members.size());
      all.members.push_back({member.key, parent, false});
    }
    all.members[index].is_whole = all.members[index].is_whole || member.is_whole;
    places.push_back(index);
  }
}

bool read_parts(json::Scanner& scanner, const Reads& reads, Value& out) {
  return PartsReader(scanner, reads).read(ReadMember::of_item, reads.is_everything, out);
}

bool read_parts(json::Scanner& scanner, std::span<const json::MemberPlace> members, const Reads& reads,
                Value& out) {
  return PartsReader(scanner, reads).read_item(members, out);
}

void write_reads(json::Writer& writer, const Reads& reads) {
  if (reads.is_everything) {
    writer.boolean(true);
  } else {
    write_members(writer, reads, ReadMember::of_item);
  }
}

}  // namespace stactask::jsonpath
