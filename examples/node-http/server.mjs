// A server of Node's own that runs a task: POST a payload, and the scenes with few clouds come back.
//
//     node examples/node-http/server.mjs 8080
//     curl --json @examples/payloads/sentinel-2.json 'http://127.0.0.1:8080/'
import { createServer } from 'node:http';
import { FailedValidation, Task, toFetchHandler } from 'stac-task';

class ClearScenes extends Task {
  static name = 'clear-scenes';
  static version = '1.0.0';

  validate() {
    if (this.items.every(({ properties }) => 'eo:cloud_cover' in properties)) return true;
    throw new FailedValidation('every scene needs eo:cloud_cover');
  }

  process({ max_cloud_cover = 20 }) {
    return this.items.filter(({ properties }) => properties['eo:cloud_cover'] <= max_cloud_cover);
  }
}

const handle = toFetchHandler(ClearScenes, { maxBytes: 1_000_000 });

const server = createServer(async (incoming, outgoing) => {
  const controller = new AbortController();
  outgoing.once('close', () => controller.abort());
  try {
    const response = await handle(requestOf(incoming, controller.signal));
    outgoing.setHeaders(response.headers).writeHead(response.status);
    outgoing.end(Buffer.from(await response.arrayBuffer()));
    // Of what is too large the rest is thrown away: who still sends does not listen yet.
    incoming.resume();
  } catch {
    // No URL, or a method that no Request may have.
    outgoing.writeHead(400).end();
  }
});

/**
 * @param {import('node:http').IncomingMessage} incoming
 * @param {AbortSignal} signal  of the client
 */
function requestOf(incoming, signal) {
  const { method, url, headers } = incoming;
  // Ending this iterator must not end the connection, which still has to carry the answer.
  const body = ReadableStream.from(incoming.iterator({ destroyOnReturn: false }));
  const hasBody = method !== 'GET' && method !== 'HEAD';
  return new Request(new URL(url, 'http://localhost'), {
    method,
    headers,
    signal,
    body: hasBody ? body : null,
    duplex: 'half',
  });
}

server.listen(Number(process.argv[2] ?? 8080), '127.0.0.1', () => {
  console.log(`http://127.0.0.1:${server.address().port}/`);
});
