// A Cloudflare Worker that keeps the assets of items in a bucket of R2: POST an item, and it comes back with the addresses
// of its files beside it. GET reads what is in the bucket.
//
//     cd examples/worker-download && npx wrangler dev
//     curl --json @item.json http://localhost:8787/
//     curl http://localhost:8787/scenes/ID/ID.json
import { downloadItem } from 'stac-task';

export default {
  async fetch(request, { SCENES }) {
    if (request.method !== 'POST') return read(request, SCENES);
    try {
      const item = await request.json();
      return Response.json(await downloadItem(item, `scenes/${item.id}`, { store: SCENES }));
    } catch ({ name, code, message }) {
      // What an item names may be missing, and what was sent may be no item.
      return Response.json({ name, code, message }, { status: code === 'ERR_DOWNLOAD' ? 502 : 400 });
    }
  },
};

async function read(request, bucket) {
  const object = await bucket.get(decodeURIComponent(new URL(request.url).pathname.slice(1)));
  if (!object) return new Response('not here', { status: 404 });
  const headers = new Headers({ etag: object.httpEtag });
  object.writeHttpMetadata(headers);
  return new Response(object.body, { headers });
}
