/** Files of any size, `/SIZE/NAME`, of no content in particular; with `?chunked` without their length. Writes its port. */

import { createServer } from 'node:http';

const block = Buffer.alloc(1 << 20, 'stac');

const server = createServer((request, response) => {
  let left = Number(/^\/(\d+)\//.exec(request.url ?? '')?.[1]);
  if (!Number.isInteger(left)) return response.writeHead(404).end();
  const length = request.url?.endsWith('?chunked') ? {} : { 'content-length': left };
  response.writeHead(200, { 'content-type': 'application/octet-stream', ...length });
  const write = () => {
    while (left > 0) {
      const part = left < block.length ? block.subarray(0, left) : block;
      left -= part.length;
      if (!response.write(part)) return response.once('drain', write);
    }
    response.end();
  };
  write();
});
server.listen(0, '127.0.0.1', () => console.log(/** @type {any} */ (server.address()).port));
