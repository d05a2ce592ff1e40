/**
 * Short answers of servers.
 *
 * @module
 */

/**
 * @param {Response} response
 * @param {number} most  bytes that are read; the rest is not waited for
 * @returns {Promise<string>}
 */
export async function textOf(response, most) {
  const reader = response.body?.getReader();
  if (!reader) return '';
  const decoder = new TextDecoder();
  let text = '';
  for (let size = 0; size < most; ) {
    const { value, done } = await reader.read();
    if (done) return text + decoder.decode();
    const part = value.subarray(0, most - size);
    size += part.length;
    text += decoder.decode(part, { stream: true });
  }
  await reader.cancel();
  return text;
}
