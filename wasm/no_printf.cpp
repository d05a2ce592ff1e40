// Embind names a type that nobody has bound by printing its address. No such type can occur here, and
// the C library's printf would be the largest function of the chunk, so the name stays empty.

extern "C" {

int siprintf(char* out, const char* /*format*/, ...) {
  out[0] = '\0';
  return 0;
}

int sprintf(char* out, const char* /*format*/, ...) {
  out[0] = '\0';
  return 0;
}

}  // extern "C"
