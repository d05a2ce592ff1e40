#include "payload/header_lint.hpp"

#include "json/words.hpp"
#include "payload/wording.hpp"

namespace stactask::payload {

using json::has_word;

namespace {

// s3transfer/manager.py: ALLOWED_UPLOAD_ARGS. What is used most comes first.
constexpr std::string_view names =
    "ACL CacheControl StorageClass ContentType ChecksumAlgorithm ContentDisposition ContentEncoding "
    "ContentLanguage ExpectedBucketOwner Expires GrantFullControl GrantRead GrantReadACP GrantWriteACP "
    "Metadata "
    "ObjectLockLegalHoldStatus ObjectLockMode ObjectLockRetainUntilDate RequestPayer ServerSideEncryption "
    "SSECustomerAlgorithm SSECustomerKey SSECustomerKeyMD5 SSEKMSKeyId "
    "SSEKMSEncryptionContext Tagging WebsiteRedirectLocation ChecksumType MpuObjectSize ChecksumCRC32 "
    "ChecksumCRC32C ChecksumCRC64NVME ChecksumMD5 ChecksumSHA1 ChecksumSHA256 ChecksumSHA512 "
    "ChecksumXXHASH3 ChecksumXXHASH64 ChecksumXXHASH128";

// Arguments that take one of a few values (botocore's model of PutObject).
struct Choice {
  std::string_view name;
  std::string_view values;
};
constexpr Choice choices[] = {
    {"ACL",
     "private public-read public-read-write authenticated-read aws-exec-read bucket-owner-read "
     "bucket-owner-full-control"},
    {"StorageClass",
     "STANDARD REDUCED_REDUNDANCY STANDARD_IA ONEZONE_IA INTELLIGENT_TIERING GLACIER DEEP_ARCHIVE OUTPOSTS "
     "GLACIER_IR SNOW EXPRESS_ONEZONE FSX_OPENZFS FSX_ONTAP AWS_BACKUP_WARM AWS_BACKUP_LOW_COST_WARM"},
    {"ChecksumAlgorithm", "CRC32 CRC32C SHA1 SHA256 CRC64NVME SHA512 MD5 XXHASH64 XXHASH3 XXHASH128"},
    {"ServerSideEncryption", "AES256 aws:fsx aws:backup aws:kms aws:kms:dsse"},
    {"ObjectLockMode", "GOVERNANCE COMPLIANCE"},
    {"ObjectLockLegalHoldStatus", "ON OFF"},
    {"RequestPayer", "requester"},
};

// Python fails on the upload in all of these cases, so any suggestion is safe.
void suggest(Finding& finding, Part part, std::string_view suggestion) {
  finding.part = part;
  finding.suggestion = suggestion;
  finding.is_suggestion_safe = true;
}

bool has_control_character(std::string_view text) {
  for (const char c : text) {
    if ((static_cast<unsigned char>(c) < 0x20 && c != '\t') || c == 0x7F) return true;
  }
  return false;
}

void lint_name(const Node& header, Findings& findings) {
  const std::string_view name = header.key;
  const std::string_view near = nearest(name.substr(name.starts_with("x-amz-") ? 6 : 0), names);
  if (near.empty()) {
    suggest(findings.add(Code::header_name, header, {"'", name, "'"}), Part::key, {});
    return;
  }
  const bool is_free = !header.parent->member(near).exists();
  suggest(findings.add(Code::header_name, header, {"'", name, "'; did you mean '", near, "'?"}), Part::key,
          is_free ? near : std::string_view());
}

void lint_string(const Node& header, Findings& findings) {
  if (has_control_character(header.text())) {
    findings.add(Code::header_value, header, {"'", header.key, "' holds a control character"});
    return;
  }
  for (const Choice& choice : choices) {
    if (choice.name != header.key || has_word(choice.values, header.text())) continue;
    suggest(
        findings.add(Code::header_value, header,
                     {"'", header.key, "' cannot be '", header.text(), "'; it is one of: ", choice.values}),
        Part::value, nearest(header.text(), choice.values));
  }
}

void add_type_error(const Node& node, std::string_view name, std::string_view wanted, Findings& findings) {
  add_kind_error(Code::header_value, node, name, wanted, findings);
}

void lint_header(const Node& header, Findings& findings) {
  if (!has_word(names, header.key)) return lint_name(header, findings);
  // Times and sizes are not only strings; metadata has strings of its own.
  if (has_word("Expires ObjectLockRetainUntilDate MpuObjectSize", header.key)) return;
  if (header.key != "Metadata") {
    if (!header.is_string()) return add_type_error(header, header.key, "a string", findings);
    return lint_string(header, findings);
  }
  if (!header.is_object()) return add_type_error(header, header.key, "an object of strings", findings);
  for_each_member(header, [&](const Node& entry) {
    if (!entry.is_string()) add_type_error(entry, entry.key, "a string", findings);
  });
}

}  // namespace

void lint_headers(const Node& headers, Findings& findings) {
  for_each_member(headers, [&](const Node& header) { lint_header(header, findings); });
}

}  // namespace stactask::payload
