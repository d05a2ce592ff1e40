// JSON Pointer (RFC 6901) as text.
#pragma once

#include <string>
#include <string_view>

namespace stactask::json {

/// Add `/` and the token, with `~` and `/` inside it escaped.
inline void append_token(std::string& pointer, std::string_view token) {
  pointer.push_back('/');
  std::size_t from = 0;
  for (std::size_t i = 0; i < token.size(); ++i) {
    if (token[i] != '~' && token[i] != '/') continue;
    pointer.append(token.substr(from, i - from)).append(token[i] == '~' ? "~0" : "~1");
    from = i + 1;
  }
  pointer.append(token.substr(from));
}

inline std::string child(std::string_view pointer, std::string_view token) {
  std::string out;
  out.reserve(pointer.size() + 1 + token.size());
  out.append(pointer);
  append_token(out, token);
  return out;
}

inline std::string child(std::string_view pointer, std::size_t index) {
  return child(pointer, std::to_string(index));
}

/// Take the first token off `pointer`, unescaped. `pointer` must not be empty.
inline std::string take_token(std::string_view& pointer) {
  pointer.remove_prefix(1);
  std::string token;
  std::size_t i = 0;
  for (; i < pointer.size() && pointer[i] != '/'; ++i) {
    if (pointer[i] == '~' && i + 1 < pointer.size()) {
      token.push_back(pointer[++i] == '1' ? '/' : '~');
    } else {
      token.push_back(pointer[i]);
    }
  }
  pointer.remove_prefix(i);
  return token;
}

}  // namespace stactask::json
